import { refuseIf } from "../errors.ts";
import type { Account, Repository, Role, Team, TeamRole } from "../model.ts";
import { presentAccount, presentOrganization } from "../present/account.ts";
import { presentTeam } from "../present/team.ts";
import type { World } from "../state.ts";

export interface NewTeam {
  readonly name: string;
  readonly description?: string | null;
  readonly privacy?: Team["privacy"];
  readonly parent?: Team | null;
}

/** A team's name in addresses and mentions. */
function slugOf(name: string): string {
  return name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
}

export function createTeam(world: World, organization: Account, wanted: NewTeam): Team {
  const slug = slugOf(wanted.name);
  refuseIf(slug === "" || world.state.team(organization, slug), 422, "Validation Failed", [
    { resource: "Team", code: "already_exists", field: "name" },
  ]);
  const team: Team = {
    ...{ id: world.state.id(), organization, slug, name: wanted.name, description: wanted.description ?? null },
    privacy: wanted.privacy ?? (wanted.parent ? "closed" : "secret"),
    parent: wanted.parent ?? null,
    children: new Set(),
    members: new Map(),
    repositories: new Map(),
    createdAt: world.state.now(),
  };
  refuseIf((team.parent ?? team).privacy === "secret" && team.parent, 422, "Validation Failed");
  world.state.teams.set(team.id, team);
  team.parent?.children.add(team);
  return team;
}

/** Deletes a team and the teams in it. */
export function deleteTeam(world: World, team: Team): void {
  for (const child of team.children) deleteTeam(world, child);
  world.state.teams.delete(team.id);
  team.parent?.children.delete(team);
  for (const { pull } of world.state.allPulls()) {
    if (pull.requestedTeams.includes(team)) pull.requestedTeams.splice(pull.requestedTeams.indexOf(team), 1);
  }
}

/** Adds a person or changes their part; Apps that listen hear of it. */
export function setTeamMember(world: World, team: Team, sender: Account, member: Account, role: TeamRole): void {
  refuseIf(!team.organization.members.has(member.id), 422, "The local GitHub does not model invitations to a team.");
  const known = team.members.has(member.id);
  team.members.set(member.id, role);
  if (!known) announceMembership(world, team, sender, member, "added");
}

export function removeTeamMember(world: World, team: Team, sender: Account, member: Account): void {
  if (team.members.delete(member.id)) announceMembership(world, team, sender, member, "removed");
}

function announceMembership(world: World, team: Team, sender: Account, member: Account, action: string): void {
  world.emit({
    event: "membership",
    action,
    organization: team.organization,
    payload: {
      action,
      scope: "team",
      member: presentAccount(world, member),
      team: presentTeam(world, team),
      organization: presentOrganization(world, team.organization),
      sender: presentAccount(world, sender),
    },
  });
}

/** Lets a team work in a repository of its organization. */
export function setTeamRepository(team: Team, repository: Repository, role: Role): void {
  refuseIf(repository.owner !== team.organization, 422, "Validation Failed");
  team.repositories.set(repository.id, role);
}
