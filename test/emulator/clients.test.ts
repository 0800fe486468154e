import { get } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openPull, type Setting, startSetting } from "./setting.ts";

let setting: Setting;
let number = 0;
let head = "";
beforeAll(async () => {
  setting = await startSetting();
  const pull = await openPull(setting, "foreign", { body: "Some **bold** text & more" });
  number = pull.number;
  head = pull.head.sha;
});
afterAll(() => setting.close());
afterEach(() => expect(setting.github.violations).toEqual([]));

/** Asks as bob, the way a client that is not Octokit does. */
async function ask(method: string, path: string, body?: unknown, accept = "application/json") {
  const { github, tokens } = setting;
  const headers = { authorization: `token ${tokens.bob}`, accept };
  const answer = await fetch(`${github.url}${path}`, { method, headers, body: JSON.stringify(body) ?? null });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text === "" ? undefined : JSON.parse(text) };
}

const labels = "/repos/acme/demo/issues/1/labels";

describe("what clients other than Octokit send", () => {
  it.each<[string, string, string, unknown, number, unknown]>([
    ["a bare list of names to add", "POST", labels, ["a", "b"], 200, ["a", "b"]],
    ["a bare list of objects to add", "POST", labels, [{ name: "c" }], 200, ["a", "b", "c"]],
    ["a bare list of names to set", "PUT", labels, ["b"], 200, ["b"]],
    ["an object of names to set", "PUT", labels, { labels: ["d"] }, 200, ["d"]],
  ])("%s", async (_, method, path, body, status, names) => {
    const answer = await ask(method, path, body);
    const shown = (answer.body as { name: string }[]).map(({ name }) => name);
    expect([answer.status, shown]).toEqual([status, names]);
  });

  it("lists pull requests of which a label has no description", async () => {
    await ask("PUT", labels, ["plain"]);
    const { status, body } = await ask("GET", "/repos/acme/demo/pulls");
    expect([status, body[0].labels[0].description]).toEqual([200, null]);
  });

  it("protects a branch by checks without contexts", async () => {
    const { ada, demo } = setting;
    const rules = { strict: false, checks: [{ context: "gate", app_id: -1 }] };
    const others = { enforce_admins: true, required_pull_request_reviews: null, restrictions: null };
    const { data } = await ada.request("PUT /repos/{owner}/{repo}/branches/{branch}/protection", {
      ...{ ...demo, branch: "foreign", ...others },
      // @ts-expect-error the description still asks for `contexts`
      required_status_checks: rules,
    });
    expect(data.required_status_checks).toMatchObject({
      contexts: ["gate"],
      checks: [{ context: "gate", app_id: null }],
    });
    await ada.repos.deleteBranchProtection({ ...demo, branch: "foreign" });
  });

  it("takes a request for a review back, and tells of it", async () => {
    const { bob, demo, github } = setting;
    await bob.pulls.requestReviewers({ ...demo, pull_number: number, reviewers: ["ada"] });
    const path = `/repos/acme/demo/pulls/${number}/requested_reviewers`;
    const { status, body } = await ask("DELETE", path, { reviewers: ["ada"] });
    expect([status, body.requested_reviewers]).toEqual([200, []]);
    expect(github.deliveries().at(-1)).toMatchObject({
      event: "pull_request",
      action: "review_request_removed",
      payload: { requested_reviewer: { login: "ada" } },
    });
  });

  it("takes a commit of an author without a real address", async () => {
    const { bob, checker, demo } = setting;
    const { data: old } = await bob.git.getCommit({ ...demo, commit_sha: head });
    const { data: commit } = await bob.git.createCommit({
      ...{ ...demo, message: "By a machine", tree: old.tree.sha, parents: [head] },
      author: { name: "ada", email: "ada@x" },
    });
    await checker.checks.create({ ...demo, name: "gate", head_sha: commit.sha });
    const { data } = await checker.checks.listSuitesForRef({ ...demo, ref: commit.sha });
    expect(data.check_suites.map(({ head_commit }) => head_commit.author)).toEqual([{ name: "ada", email: "ada@x" }]);
  });
});

describe("addresses in an answer", () => {
  it.each([
    ["/repos/acme/demo/pulls/1", "", ""],
    ["/api/v3/repos/acme/demo/pulls/1", "/api/v3", ""],
  ])("of %s stay where it was asked", async (path, api, pages) => {
    const { url } = setting.github;
    const { body } = await ask("GET", path);
    expect([body.url, body.html_url, body._links.self.href, body.user.url, body.head.repo.git_refs_url]).toEqual([
      `${url}${api}/repos/acme/demo/pulls/1`,
      `${url}${pages}/acme/demo/pull/1`,
      `${url}${api}/repos/acme/demo/pulls/1`,
      `${url}${api}/users/bob`,
      `${url}${api}/repos/acme/demo/git/refs{/sha}`,
    ]);
  });

  it("lead to the next page under the same root", async () => {
    const { headers } = await ask("GET", "/api/v3/repos/acme/demo/commits?per_page=1&sha=foreign");
    expect(headers.get("link")).toContain(`<${setting.github.url}/api/v3/repos/acme/demo/commits?per_page=1`);
  });
});

describe("a media type", () => {
  const html = "<p>Some <strong>bold</strong> text &amp; more</p>\n";
  const text = "Some bold text & more";
  it.each([
    ["application/vnd.github+json", { body: "Some **bold** text & more" }],
    ["application/vnd.github.v3.full+json", { body: "Some **bold** text & more", body_html: html, body_text: text }],
    ["application/vnd.github.html+json", { body_html: html }],
    ["application/vnd.github.text+json", { body_text: text }],
  ])("%s says in which form texts come", async (accept, expected) => {
    const { body } = await ask("GET", "/repos/acme/demo/issues/1", undefined, accept);
    const { body: markdown, body_html, body_text } = body;
    const shown = { body: markdown, body_html, body_text };
    expect(JSON.parse(JSON.stringify(shown))).toEqual(expected);
  });
});

it("a client that does not say what it is gets nothing", async () => {
  const { github, tokens } = setting;
  const status = await new Promise((resolve) => {
    const headers = { authorization: `token ${tokens.ada}` };
    get(`${github.url}/repos/acme/demo`, { headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
  });
  expect(status).toBe(403);
});

it.each([
  ["comments on lines", { event: "COMMENT", body: "b", comments: [{ path: "foreign.txt", position: 1, body: "c" }] }],
  ["pending reviews", { body: "b" }],
] as const)("a review is refused with %s, which are not here", async (what, fields) => {
  const { ada, demo } = setting;
  const making = ada.pulls.createReview({ ...demo, pull_number: number, ...fields } as never);
  await expect(making).rejects.toMatchObject({
    status: 422,
    response: { data: { message: `The local GitHub does not model ${what}.` } },
  });
});

describe("a new collaborator", () => {
  it("is invited, and works once the invitation is accepted; who belongs here already gets the role at once", async () => {
    const { ada, eve, demo } = setting;
    const add = (permission: "pull" | "push") => ada.repos.addCollaborator({ ...demo, username: "eve", permission });
    const role = async () =>
      (await ada.repos.getCollaboratorPermissionLevel({ ...demo, username: "eve" })).data.role_name;
    const { status, data: first } = await add("pull");
    const { data: invitation } = await add("push");
    expect([status, invitation.id, invitation.permissions, await role()]).toEqual([201, first.id, "write", "read"]);
    const { data: received } = await eve.repos.listInvitationsForAuthenticatedUser();
    expect(received.map(({ id, repository }) => [id, repository.full_name])).toEqual([[first.id, "acme/demo"]]);
    await eve.repos.acceptInvitationForAuthenticatedUser({ invitation_id: first.id });
    expect(await role()).toBe("write");
    expect([(await add("pull")).status, await role()]).toEqual([204, "read"]);
    const { data: all } = await ada.repos.listCollaborators(demo);
    expect(all.map(({ login, role_name }) => [login, role_name])).toEqual([
      ["ada", "admin"],
      ["bob", "write"],
      ["eve", "read"],
    ]);
  });

  it("may decline, and the invitation may be withdrawn", async () => {
    const { ada, github, client, demo } = setting;
    const dan = client(github.createUser("dan"));
    const invite = async () => (await ada.repos.addCollaborator({ ...demo, username: "dan" })).data.id;
    await dan.repos.declineInvitationForAuthenticatedUser({ invitation_id: await invite() });
    await ada.repos.deleteInvitation({ ...demo, invitation_id: await invite() });
    expect((await ada.repos.listInvitations(demo)).data).toEqual([]);
  });
});
