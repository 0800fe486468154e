import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type LocalApp, startLocalApp } from "../support/local-app.ts";
import { soon } from "../support/soon.ts";

let local: LocalApp;
let branches = 0;

beforeAll(async () => {
  local = await startLocalApp();
});
afterAll(async () => {
  expect(local.github.violations).toEqual([]);
  await local[Symbol.asyncDispose]();
});

/** A branch with one file, its commit, and a pull request from it. */
async function pullRequest(fields: { title?: string; body?: string; base?: string } = {}) {
  branches += 1;
  const branch = `change-${branches}`;
  const sha = await local.commit(branch, { [`notes/${branch}.txt`]: "hello" });
  const number = await local.open(branch, fields);
  await local.settle();
  return { branch, sha, number };
}

const passing = { name: "ModelSync: main", status: "completed", conclusion: "success", title: expect.any(String) };
const failing = { ...passing, conclusion: "failure" };
const pending = { ...passing, status: "in_progress", conclusion: null };

/** GitHub lists the newest first, and the newest counts. */
const newest = async (sha: string) => (await local.checkRuns(sha))[0];

const edit = (number: number, fields: object) =>
  local.ada.rest.pulls.update({ ...local.repository, pull_number: number, ...fields });

describe("a pull request from opening to merge", () => {
  let number = 0;
  let sha = "";
  let branch = "";
  let issue = 0;
  let comment = 0;

  it("gets one failing check run and one comment when it is linked to no issue", async () => {
    ({ number, sha, branch } = await pullRequest());
    expect(await local.checkRuns(sha)).toEqual([failing]);
    const comments = await local.comments(number);
    expect(comments).toMatchObject([{ login: "modelsync[bot]", body: expect.stringContaining("Linked issue") }]);
    comment = comments[0]!.id;
  });

  it("gets a new run, which is green, when its text links an issue", async () => {
    issue = await local.issue();
    await edit(number, { body: `Closes #${issue}` });
    await local.settle();
    expect(await local.checkRuns(sha)).toEqual([passing, failing]);
    expect((await local.comments(number)).map(({ id }) => id)).toEqual([comment]);
  });

  it("is judged again when the linked issue disappears", async () => {
    local.github.deleteIssue("acme/income", issue);
    await local.settle();
    expect(await newest(sha)).toEqual(failing);
    await edit(number, { body: `Closes #${await local.issue()}` });
    await local.settle();
    expect(await newest(sha)).toEqual(passing);
  });

  it("gets a check run on the new head after a push, and keeps its comment", async () => {
    const next = await local.commit(branch, { "notes/more.txt": "more" });
    await local.settle();
    expect(await local.checkRuns(next)).toEqual([passing]);
    expect(local.asked.at(-1)?.forced).toBe(false);
    const comments = await local.comments(number);
    expect(comments.filter(({ login }) => login === "modelsync[bot]")).toMatchObject([
      { id: comment, body: expect.stringContaining(next.slice(0, 7)) },
    ]);
    sha = next;
  });

  it.each(["rerequestRun", "rerequestSuite"] as const)("gets a new check run on %s", async (button) => {
    const before = await local.checkRuns(sha);
    const { data } = await local.ada.rest.checks.listForRef({ ...local.repository, ref: sha });
    await local.github[button](data.check_runs[0]!.id, "ada");
    await local.settle();
    expect(await local.checkRuns(sha)).toEqual([passing, ...before]);
    expect(local.asked.at(-1)?.forced).toBe(true);
  });

  it("can be merged when the base asks for the check of this App", async () => {
    await local.requireCheck();
    const red = await pullRequest();
    await expect(local.ada.rest.pulls.merge({ ...local.repository, pull_number: red.number })).rejects.toMatchObject({
      status: 405,
    });
    const { data } = await local.ada.rest.pulls.merge({ ...local.repository, pull_number: number });
    expect(data.merged).toBe(true);
    await local.settle();
    await local.ada.rest.repos.deleteBranchProtection({ ...local.repository, branch: "main" });
  });
});

describe("another base branch", () => {
  it("has its own check run, and the old one says nothing about it", async () => {
    await local.commit("release", { ".github/modelsync.yml": "version: 1\nmodels: []\n" });
    const { number, sha } = await pullRequest({ base: "release" });
    const released = { ...passing, name: "ModelSync: release" };
    expect(await local.checkRuns(sha)).toEqual([released]);
    await edit(number, { base: "main" });
    await local.settle();
    expect(await local.checkRuns(sha)).toEqual(expect.arrayContaining([released, failing]));
  });

  it("is pending again at once when a pull request comes back to it", async () => {
    const { number, sha } = await pullRequest({ body: `Closes #${await local.issue()}` });
    await edit(number, { base: "release" });
    await local.settle();
    const gate = holdPipeline();
    await edit(number, { base: "main" });
    await gate.reached;
    expect((await local.checkRuns(sha)).find(({ name }) => name === "ModelSync: main")).toEqual(pending);
    gate.open();
    await local.settle();
    expect((await local.checkRuns(sha)).find(({ name }) => name === "ModelSync: main")).toEqual(passing);
  });
});

describe("a push to the base branch", () => {
  it("judges open pull requests again when it changes the policy", async () => {
    const { sha, number } = await pullRequest();
    expect(await newest(sha)).toEqual(failing);
    await local.commit("main", { ".github/modelsync.yml": "version: 1\nmodels: []\n" });
    await local.settle();
    expect(await newest(sha)).toEqual(passing);
    await local.commit("main", {
      ".github/modelsync.yml": "version: 1\nmodels: []\nchecks:\n  linked-issue: { level: block }\n",
    });
    await local.settle();
    expect(await newest(sha)).toEqual(failing);
    await edit(number, { state: "closed" });
    await local.settle();
  });
});

it("looks at the whole head when the list of changed files is older than the base branch", async () => {
  const policy = { ".github/modelsync.yml": "version: 1\nmodels: []\nchecks:\n  linked-issue: { level: block }\n" };
  const earlier = await local.commit("moving", { ...policy, "data/rows.csv": "old\n" });
  const later = await local.commit("moving", { "data/rows.csv": "new\n" });
  await local.ada.rest.git.createRef({ ...local.repository, ref: "refs/heads/on-top", sha: later });
  await local.commit("on-top", { "notes/on-top.txt": "hello" });
  const number = await local.open("on-top", { base: "moving" });
  await local.settle();
  // The commit that changed the rows is now the pull request's, but GitHub's list of its files does not say so.
  await local.ada.rest.git.updateRef({ ...local.repository, ref: "heads/moving", sha: earlier, force: true });
  await local.settle();
  await edit(number, { body: `Closes #${await local.issue()}` });
  await local.settle();
  const { base, head } = local.asked.at(-1)!;
  const rows = async (snapshot: typeof head) => {
    const entry = await snapshot.entry("data/rows.csv");
    return entry && Buffer.from(await snapshot.read(entry, 100)).toString("utf8");
  };
  expect([base.commit, await rows(base), await rows(head)]).toEqual([earlier, "old\n", "new\n"]);
});

describe("two pull requests with the same commit and base", () => {
  it("share a check run that passes only when both do", async () => {
    const first = await pullRequest();
    await local.ada.rest.git.createRef({ ...local.repository, ref: "refs/heads/twin", sha: first.sha });
    const twin = await local.open("twin", { body: `Closes #${await local.issue()}` });
    await local.settle();
    expect(await newest(first.sha)).toMatchObject({
      conclusion: "failure",
      title: expect.stringContaining(`#${first.number}`),
    });
    await edit(first.number, { state: "closed" });
    await local.settle();
    expect(await newest(first.sha)).toEqual(passing);
    await edit(twin, { state: "closed" });
    await local.settle();
  });
});

describe("events during a review", () => {
  beforeAll(() => local.restart({ patienceMilliseconds: 0 }));
  beforeEach(() => local.settle());

  it("never let an older result land after a force-push", async () => {
    const gate = holdPipeline();
    const branch = "forced";
    const old = await local.commit(branch, { "one.txt": "1" });
    const number = await local.open(branch);
    await gate.reached;
    await vi.waitFor(async () => expect(await local.checkRuns(old)).toEqual([pending]), soon);
    const { data } = await local.ada.rest.git.createCommit({
      ...local.repository,
      message: "Rewritten",
      tree: (await local.ada.rest.git.getCommit({ ...local.repository, commit_sha: old })).data.tree.sha,
      parents: [(await local.ada.rest.git.getRef({ ...local.repository, ref: "heads/main" })).data.object.sha],
    });
    await local.ada.rest.git.updateRef({ ...local.repository, ref: `heads/${branch}`, sha: data.sha, force: true });
    await local.github.idle();
    gate.open();
    await local.settle();
    expect(await local.checkRuns(old)).toEqual([{ ...failing, conclusion: "cancelled", title: "Replaced" }]);
    expect(await local.checkRuns(data.sha)).toEqual([failing]);
    expect(await local.comments(number)).toMatchObject([{ body: expect.stringContaining(data.sha.slice(0, 7)) }]);
  });

  it("stop it without a word when the pull request is closed", async () => {
    const gate = holdPipeline();
    const sha = await local.commit("abandoned", { "two.txt": "2" });
    const number = await local.open("abandoned");
    await gate.reached;
    await vi.waitFor(async () => expect(await local.checkRuns(sha)).toEqual([pending]), soon);
    await edit(number, { state: "closed" });
    await local.github.idle();
    gate.open();
    await local.settle();
    expect(await local.comments(number)).toEqual([]);
    expect(await local.checkRuns(sha)).toEqual([{ ...failing, conclusion: "cancelled", title: "Replaced" }]);
  });

  it("are not lost: a text that changes during the review is judged by the next one", async () => {
    const issue = await local.issue();
    const gate = holdPipeline();
    const sha = await local.commit("edited", { "three.txt": "3" });
    const number = await local.open("edited");
    await gate.reached;
    await vi.waitFor(async () => expect(await local.checkRuns(sha)).toEqual([pending]), soon);
    await edit(number, { body: `Fixes #${issue}` });
    await local.github.idle();
    gate.open();
    await local.settle();
    expect(await local.checkRuns(sha)).toEqual([passing]);
    expect(await local.comments(number)).toHaveLength(1);
  });
});

it("takes an older verdict back while a slow review is under way", async () => {
  const { number, sha } = await pullRequest({ body: `Closes #${await local.issue()}` });
  expect(await newest(sha)).toEqual(passing);
  const gate = holdPipeline();
  await edit(number, { body: "" });
  await gate.reached;
  await vi.waitFor(async () => expect(await newest(sha)).toEqual(pending), soon);
  gate.open();
  await local.settle();
  expect(await newest(sha)).toEqual(failing);
});

describe("a pull request from a fork", () => {
  it("is reviewed through the base repository, also after the fork was deleted", async () => {
    const eve = local.github.createUser("eve");
    const { Octokit } = await import("@octokit/rest");
    const hers = new Octokit({ auth: eve, baseUrl: local.github.url });
    await hers.rest.repos.createFork({ ...local.repository });
    const head = await hers.rest.git.getRef({ owner: "eve", repo: "income", ref: "heads/main" });
    const sha = await commitIn(hers, head.data.object.sha);
    const { data } = await hers.rest.pulls.create({
      ...local.repository,
      head: "eve:main",
      base: "main",
      title: "From a fork",
    });
    await local.settle();
    expect(await newest(sha)).toEqual(failing);
    await local.github.deleteRepository("eve/income");
    await edit(data.number, { body: `Closes #${await local.issue()}` });
    await local.settle();
    expect(await newest(sha)).toEqual(passing);
  });
});

async function commitIn(octokit: LocalApp["ada"], parent: string): Promise<string> {
  const place = { owner: "eve", repo: "income" };
  const tree = await octokit.rest.git.createTree({
    ...place,
    base_tree: parent,
    tree: [{ path: "fork.txt", mode: "100644", type: "blob", content: "fork" }],
  });
  const commit = await octokit.rest.git.createCommit({
    ...place,
    message: "Fork",
    tree: tree.data.sha,
    parents: [parent],
  });
  await octokit.rest.git.updateRef({ ...place, ref: "heads/main", sha: commit.data.sha });
  return commit.data.sha;
}

/** Makes the next run of the pipeline wait. `reached` resolves when it got there. */
function holdPipeline(): { reached: Promise<void>; open: () => void } {
  const reached = Promise.withResolvers<void>();
  const opened = Promise.withResolvers<void>();
  local.beforeNextReview(async () => {
    reached.resolve();
    await opened.promise;
  });
  return { reached: reached.promise, open: () => opened.resolve() };
}
