import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { installationToken, openPull, refusal, type Setting, startSetting } from "./setting.ts";

let setting: Setting;
let carol: Setting["ada"];
let dave: Setting["ada"];
const org = "acme";

/** Carol and dave belong to the organization; data, of carol, may write to the demo; secret is dave's. */
beforeAll(async () => {
  setting = await startSetting();
  const { github, client, ada } = setting;
  const people = { carol: github.createUser("carol"), dave: github.createUser("dave") };
  [carol, dave] = [client(people.carol), client(people.dave)];
  github.createOrganization("other", "eve", ["carol"]);
  github.addMember("acme", "carol");
  github.addMember("acme", "dave");
  github.createTeam("acme", "Data Science", ["carol"], { "acme/demo": "write" });
  await ada.teams.create({ org, name: "Quiet ones", privacy: "secret", maintainers: ["dave"] });
});
afterAll(() => setting.close());
afterEach(() => expect(setting.github.violations).toEqual([]));

const team = { org, team_slug: "data-science" };

describe("a team", () => {
  it("is shown with its members and what it may do", async () => {
    const { ada, checker, demo } = setting;
    const { data } = await checker.teams.getByName(team);
    expect([data.name, data.slug, data.members_count, data.repos_count]).toEqual([
      "Data Science",
      "data-science",
      1,
      1,
    ]);
    const { data: members } = await checker.teams.listMembersInOrg(team);
    expect(members.map(({ login }) => login)).toEqual(["carol"]);
    const { data: repositories } = await ada.teams.listReposInOrg(team);
    expect(repositories.map(({ full_name, role_name }) => [full_name, role_name])).toEqual([["acme/demo", "write"]]);
    const { data: teams } = await ada.repos.listTeams(demo);
    expect(teams.map(({ slug, permission }) => [slug, permission])).toEqual([["data-science", "push"]]);
  });

  it.each<[string, (setting: Setting) => Setting["ada"], string, number | string]>([
    ["the App asks for a member", ({ checker }) => checker, "carol", "member"],
    ["the App asks for somebody else", ({ checker }) => checker, "bob", 404],
    ["the App asks for nobody", ({ checker }) => checker, "nobody", 404],
    ["a member of the organization asks", () => dave, "carol", "member"],
    ["a stranger asks", ({ eve }) => eve, "carol", 404],
  ])("says who belongs to it when %s", async (_, who, username, expected) => {
    const asking = who(setting).teams.getMembershipForUserInOrg({ ...team, username });
    if (typeof expected === "number") expect((await refusal(asking)).status).toBe(expected);
    else expect((await asking).data).toMatchObject({ role: expected, state: "active" });
  });

  it("gives its members its role, as long as they are in it", async () => {
    const { ada, demo } = setting;
    const role = async () =>
      (await ada.repos.getCollaboratorPermissionLevel({ ...demo, username: "dave" })).data.role_name;
    const dav = { ...team, username: "dave" };
    expect(await role()).toBe("read");
    await ada.teams.addOrUpdateMembershipForUserInOrg(dav);
    expect(await role()).toBe("write");
    await ada.teams.addOrUpdateRepoPermissionsInOrg({ ...team, ...demo, permission: "maintain" });
    expect(await role()).toBe("maintain");
    await ada.teams.addOrUpdateRepoPermissionsInOrg({ ...team, ...demo, permission: "push" });
    await ada.teams.removeMembershipForUserInOrg(dav);
    expect(await role()).toBe("read");
    const told = setting.github.deliveries().filter(({ event }) => event === "membership");
    expect(told.slice(-2).map(({ action, payload }) => [action, (payload.member as { login: string }).login])).toEqual([
      ["added", "dave"],
      ["removed", "dave"],
    ]);
  });

  it("counts the members of the teams in it, with what it may do", async () => {
    const { ada, checker, demo, github } = setting;
    github.createUser("frank");
    github.addMember("acme", "frank");
    github.createTeam("acme", "Labels", ["frank"], {}, "data-science");
    const frank = { ...team, username: "frank" };
    expect((await checker.teams.getMembershipForUserInOrg(frank)).data).toMatchObject({ role: "member" });
    expect((await checker.teams.getByName({ org, team_slug: "labels" })).data.parent?.slug).toBe("data-science");
    const role = async () =>
      (await ada.repos.getCollaboratorPermissionLevel({ ...demo, username: "frank" })).data.role_name;
    expect(await role()).toBe("write");
    github.deleteTeam("acme", "labels");
    expect((await refusal(checker.teams.getMembershipForUserInOrg(frank))).status).toBe(404);
    expect(await role()).toBe("read");
    github.deleteUser("frank");
  });

  it("ends with the account of a member, whose words stay", async () => {
    const { checker, client, demo, github } = setting;
    const greta = client(github.createUser("greta"));
    github.addMember("acme", "greta");
    github.createTeam("acme", "Short", ["greta"]);
    const pull = await openPull(setting, "of-greta");
    const { data } = await greta.issues.createComment({ ...demo, issue_number: pull.number, body: "Hello" });
    github.deleteUser("greta");
    const membership = { org, team_slug: "short", username: "greta" };
    expect((await refusal(checker.teams.getMembershipForUserInOrg(membership))).status).toBe(404);
    expect((await checker.issues.getComment({ ...demo, comment_id: data.id })).data.user).toBeNull();
    github.deleteTeam("acme", "short");
  });

  it("that is secret is there for its members and the organization's owners alone", async () => {
    const quiet = { org, team_slug: "quiet-ones" };
    const slugs = async (octokit: Setting["ada"]) => (await octokit.teams.list({ org })).data.map(({ slug }) => slug);
    expect([await slugs(setting.ada), await slugs(carol), await slugs(dave)]).toEqual([
      ["data-science", "quiet-ones"],
      ["data-science"],
      ["data-science", "quiet-ones"],
    ]);
    expect((await refusal(carol.teams.getByName(quiet))).status).toBe(404);
    expect((await dave.teams.getByName(quiet)).data.privacy).toBe("secret");
  });

  it.each<[string, () => Promise<unknown>, number]>([
    ["changed by a member who does not maintain it", () => carol.teams.deleteInOrg(team), 403],
    ["made twice", () => setting.ada.teams.create({ org, name: "data science" }), 422],
    ["made in one that is not there", () => setting.ada.teams.create({ org, name: "Inner", parent_team_id: 1 }), 422],
    [
      "joined by somebody outside the organization",
      () => setting.ada.teams.addOrUpdateMembershipForUserInOrg({ ...team, username: "eve" }),
      422,
    ],
    ["made by an App that may only read", () => setting.checker.teams.create({ org, name: "By an App" }), 403],
    ["read by an App in another organization", () => setting.checker.teams.list({ org: "other" }), 403],
  ])("is not %s", async (_, act, status) => {
    expect((await refusal(act())).status).toBe(status);
  });
});

describe("the members of an organization", () => {
  it("are listed, and one is found with their role", async () => {
    const { checker, eve } = setting;
    const { data } = await checker.orgs.listMembers({ org });
    expect(data.map(({ login }) => login)).toEqual(["ada", "carol", "dave"]);
    const { data: membership } = await checker.orgs.getMembershipForUser({ org, username: "ada" });
    expect([membership.role, membership.state]).toEqual(["admin", "active"]);
    expect((await checker.orgs.checkMembershipForUser({ org, username: "dave" })).status).toBe(204);
    expect((await refusal(checker.orgs.checkMembershipForUser({ org, username: "bob" }))).status).toBe(404);
    expect((await refusal(eve.orgs.listMembers({ org }))).status).toBe(404);
  });
});

describe("a request for reviews", () => {
  it("names people and teams, and ends when one of them reviewed", async () => {
    const { ada, bob, checker, demo, github } = setting;
    const pull = await openPull(setting, "asked");
    const target = { ...demo, pull_number: pull.number };
    const { data } = await bob.pulls.requestReviewers({
      ...target,
      reviewers: ["ada"],
      team_reviewers: ["data-science"],
    });
    const asked = ({ requested_reviewers, requested_teams }: typeof data) => [
      requested_reviewers?.map(({ login }) => login),
      requested_teams?.map(({ slug }) => slug),
    ];
    expect(asked(data)).toEqual([["ada"], ["data-science"]]);
    const told = github.deliveries().filter(({ action }) => action === "review_requested");
    expect(told.map(({ payload }) => Object.keys(payload).filter((key) => key.startsWith("requested_")))).toEqual([
      ["requested_reviewer"],
      ["requested_team"],
    ]);
    const query = `query($number: Int!) { repository(owner: "acme", name: "demo") { pullRequest(number: $number) {
      reviewRequests(first: 10) { nodes { requestedReviewer { __typename ... on User { login } ... on Team { combinedSlug } } } } } } }`;
    interface Found {
      repository: { pullRequest: { reviewRequests: { nodes: { requestedReviewer: unknown }[] } } };
    }
    const { repository } = await checker.graphql<Found>(query, { number: pull.number });
    expect(repository.pullRequest.reviewRequests.nodes.map(({ requestedReviewer }) => requestedReviewer)).toEqual([
      { __typename: "User", login: "ada" },
      { __typename: "Team", combinedSlug: "acme/data-science" },
    ]);
    await carol.pulls.createReview({ ...target, event: "COMMENT", body: "Looking." });
    const { data: later } = await bob.pulls.listRequestedReviewers(target);
    expect([later.users.map(({ login }) => login), later.teams]).toEqual([["ada"], []]);
    await ada.pulls.createReview({ ...target, event: "APPROVE" });
    expect((await bob.pulls.listRequestedReviewers(target)).data).toEqual({ users: [], teams: [] });
  });

  it("tells the name of a team only to Apps that may read the organization's members", async () => {
    const { bob, demo, github, installation, app, client } = setting;
    const pull = await openPull(setting, "asked-quietly");
    await bob.pulls.requestReviewers({ ...demo, pull_number: pull.number, team_reviewers: ["data-science"] });
    github.withholdPermission(installation, "members");
    const weak = client(await installationToken(github, app, installation));
    const query = `query($number: Int!) { repository(owner: "acme", name: "demo") { pullRequest(number: $number) {
      reviewRequests(first: 10) { nodes { requestedReviewer { __typename ... on Team { slug } } } } } } }`;
    const refused: unknown = await weak.graphql(query, { number: pull.number }).catch((error) => error);
    const nodes = [{ requestedReviewer: null }];
    expect(refused).toMatchObject({
      errors: [{ type: "FORBIDDEN", message: "Resource not accessible by integration" }],
      data: { repository: { pullRequest: { reviewRequests: { nodes } } } },
    });
    github.acceptPermissions(installation);
  });

  const outsiders =
    "Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the acme/demo repository.";
  it.each<[string, object, string]>([
    ["a stranger", { reviewers: ["eve"] }, outsiders],
    ["a team without a role here", { team_reviewers: ["quiet-ones"] }, outsiders],
    ["nobody", { reviewers: ["nobody"] }, outsiders],
    ["its author", { reviewers: ["bob"] }, "Review cannot be requested from pull request author."],
  ])("is refused for %s", async (_, named, message) => {
    const { bob, demo } = setting;
    const pull = await openPull(setting, `asked-${Object.values(named).flat()[0]}`);
    const asking = bob.pulls.requestReviewers({ ...demo, pull_number: pull.number, ...named });
    expect(await refusal(asking)).toEqual({ status: 422, message });
  });
});
