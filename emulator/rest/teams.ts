import { createTeam, deleteTeam, removeTeamMember, setTeamMember, setTeamRepository } from "../actions/teams.ts";
import { found, noAccess, notFound, refuseIf } from "../errors.ts";
import type { Account, Repository, Role, Team } from "../model.ts";
import { presentAccount, presentOrganization } from "../present/account.ts";
import { presentRepository } from "../present/repository.ts";
import { rightsOf, roles } from "../present/rights.ts";
import { presentTeam, presentTeamInFull } from "../present/team.ts";
import { membersOf } from "../team-members.ts";
import { type Call, created, noContent, ok, route } from "./route.ts";

const reading = { app: ["members:read"] } as const;
const writing = { app: ["members:write"] } as const;

/** The organization that the path names, as far as the caller belongs to it: others find nothing there. */
function organizationOf(call: Call): Account {
  const organization = call.accountNamed("org");
  const { actor } = call;
  if (actor.kind === "installation" && actor.token.installation.account !== organization) throw noAccess();
  const outside = actor.kind === "user" && !organization.members.has(actor.account.id);
  if (organization.type !== "Organization" || outside) throw notFound();
  return organization;
}

/** The team that the path names; a secret one is there for its members and the organization's owners alone. */
function teamOf(call: Call): Team {
  const organization = organizationOf(call);
  const team = found(call.world.state.team(organization, call.param("team_slug")));
  if (team.privacy === "secret" && !knows(call, team)) throw notFound();
  return team;
}

function isOwner(call: Call, organization: Account): boolean {
  return call.actor.kind !== "user" || organization.members.get(call.account.id) === "admin";
}

function knows(call: Call, team: Team): boolean {
  return isOwner(call, team.organization) || membersOf(team).has(call.account.id);
}

/** The team, for somebody who may change it. */
function teamToChange(call: Call): Team {
  const team = teamOf(call);
  const maintains = call.actor.kind === "user" && team.members.get(call.account.id) === "maintainer";
  refuseIf(!maintains && !isOwner(call, team.organization), 403, "Must have admin rights to Repository.");
  return team;
}

function create(call: Call) {
  const { world, body } = call;
  const organization = organizationOf(call);
  const above = world.state.teamsOf(organization).find(({ id }) => id === body.parent_team_id);
  refuseIf(body.parent_team_id && !above, 422, "Validation Failed");
  const team = createTeam(world, organization, { ...body, parent: above ?? null });
  const maintainers: string[] = body.maintainers ?? [];
  const asked = maintainers.map((login) => found(world.state.account(login), 422, "Validation Failed"));
  // Whoever makes a team maintains it, unless an App did.
  for (const one of call.actor.kind === "user" ? [call.account, ...asked] : asked) {
    setTeamMember(world, team, call.account, one, "maintainer");
  }
  for (const name of (body.repo_names ?? []) as string[]) {
    const [owner = "", repo = ""] = name.split("/");
    setTeamRepository(team, found(world.state.repository(owner, repo), 422, "Validation Failed"), "read");
  }
  return created(presentTeamInFull(world, team));
}

function membership(call: Call, team: Team, account: Account) {
  const url = `${call.world.url}/orgs/${team.organization.login}/teams/${team.slug}/memberships/${account.login}`;
  return { url, role: found(membersOf(team).get(account.id)), state: "active" };
}

function repositoriesOf({ world }: Call, team: Team): { repository: Repository; role: Role }[] {
  return [...team.repositories].flatMap(([id, role]) => {
    const repository = world.state.repositories.get(id);
    return repository ? [{ repository, role }] : [];
  });
}

const wordOf = (role: Role) => Object.entries(roles).find(([, one]) => one === role)?.[0] ?? "pull";

/** The people of an organization that the path names one of. */
function memberOf(call: Call): Account {
  const account = call.accountNamed("username");
  return found(organizationOf(call).members.has(account.id) && account);
}

export const teamRoutes = [
  route("GET /orgs/{org}/members", reading, (call) => {
    const ids = organizationOf(call).members;
    const members = [...call.world.state.accounts.values()].filter(({ id }) => ids.has(id));
    return call.page(members, (one) => presentAccount(call.world, one));
  }),
  route("GET /orgs/{org}/members/{username}", reading, (call) => {
    memberOf(call);
    return noContent;
  }),
  route("GET /orgs/{org}/memberships/{username}", reading, (call) => {
    const organization = organizationOf(call);
    const user = memberOf(call);
    const organization_url = `${call.world.url}/orgs/${organization.login}`;
    return ok({
      url: `${organization_url}/memberships/${user.login}`,
      state: "active",
      role: organization.members.get(user.id),
      organization_url,
      organization: presentOrganization(call.world, organization),
      user: presentAccount(call.world, user),
    });
  }),
  route("GET /orgs/{org}/teams", reading, (call) => {
    const teams = call.world.state.teamsOf(organizationOf(call));
    const shown = teams.filter((team) => team.privacy === "closed" || knows(call, team));
    return call.page(shown, (team) => presentTeam(call.world, team));
  }),
  route("POST /orgs/{org}/teams", writing, create),
  route("GET /orgs/{org}/teams/{team_slug}", reading, (call) => ok(presentTeamInFull(call.world, teamOf(call)))),
  route("DELETE /orgs/{org}/teams/{team_slug}", writing, (call) => {
    deleteTeam(call.world, teamToChange(call));
    return noContent;
  }),
  route("GET /orgs/{org}/teams/{team_slug}/members", reading, (call) => {
    const members = membersOf(teamOf(call));
    const role = call.query.get("role") ?? "all";
    const wanted = [...members].filter(([, one]) => role === "all" || one === role);
    const accounts = wanted.flatMap(([id]) => call.world.state.accounts.get(id) ?? []);
    return call.page(accounts, (one) => presentAccount(call.world, one));
  }),
  route("GET /orgs/{org}/teams/{team_slug}/memberships/{username}", reading, (call) =>
    ok(membership(call, teamOf(call), call.accountNamed("username"))),
  ),
  route("PUT /orgs/{org}/teams/{team_slug}/memberships/{username}", writing, (call) => {
    const team = teamToChange(call);
    const member = call.accountNamed("username");
    setTeamMember(call.world, team, call.account, member, call.body?.role ?? "member");
    return ok(membership(call, team, member));
  }),
  route("DELETE /orgs/{org}/teams/{team_slug}/memberships/{username}", writing, (call) => {
    removeTeamMember(call.world, teamToChange(call), call.account, call.accountNamed("username"));
    return noContent;
  }),
  route("GET /orgs/{org}/teams/{team_slug}/repos", reading, (call) =>
    call.page(repositoriesOf(call, teamOf(call)), ({ repository, role }) => ({
      ...presentRepository(call.world, repository),
      permissions: rightsOf(role),
      role_name: role,
    })),
  ),
  route(
    "PUT /orgs/{org}/teams/{team_slug}/repos/{owner}/{repo}",
    { app: ["members:read"], person: "admin" },
    (call) => {
      setTeamRepository(teamOf(call), call.repository, roles[call.body?.permission ?? "push"] ?? "write");
      return noContent;
    },
  ),
  route(
    "DELETE /orgs/{org}/teams/{team_slug}/repos/{owner}/{repo}",
    { app: ["members:read"], person: "admin" },
    (call) => {
      teamOf(call).repositories.delete(call.repository.id);
      return noContent;
    },
  ),
  route("GET /repos/{owner}/{repo}/teams", { app: ["administration:read"], person: "admin" }, (call) => {
    const teams = call.world.state.teamsOf(call.repository.owner);
    const here = teams.flatMap((team) => {
      const role = team.repositories.get(call.repository.id);
      return role ? [{ team, role }] : [];
    });
    return call.page(here, ({ team, role }) => ({
      ...presentTeam(call.world, team),
      permission: wordOf(role),
      permissions: rightsOf(role),
    }));
  }),
];
