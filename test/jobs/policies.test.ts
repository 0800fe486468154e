import { afterAll, beforeAll, expect, it } from "vitest";
import { type LocalApp, policyText, startLocalApp } from "../support/local-app.ts";

const path = ".github/modelsync.yml";
const bomb = `a: &a [x, x]\nb: &b [*a, *a]\nversion: 1\nmodels: *b\n`;

let local: LocalApp;
let branches = 0;

beforeAll(async () => {
  local = await startLocalApp({ policy: null });
});
afterAll(async () => {
  expect(local.github.violations).toEqual([]);
  await local[Symbol.asyncDispose]();
});

/** Opens a pull request and gives what the App says about it. */
async function verdictOn(files: Record<string, string | null>) {
  branches += 1;
  const branch = `policy-${branches}`;
  const sha = await local.commit(branch, files);
  const number = await local.open(branch);
  await local.settle();
  const [run] = await local.checkRuns(sha);
  const [comment] = await local.comments(number);
  await local.ada.rest.pulls.update({ ...local.repository, pull_number: number, state: "closed" });
  return { conclusion: run?.conclusion, title: run?.title, comment: comment?.body.split("\n")[0] };
}

it("passes a change that introduces a valid policy", async () => {
  expect(await verdictOn({ [path]: policyText })).toEqual({
    conclusion: "success",
    title: "This change introduces a valid policy",
    comment: "### ✓ ModelSync: this change introduces a valid policy",
  });
});

it.each([
  ["that is not YAML", "version: [1", /^The policy of this pull request has 1 mistake$/],
  ["with an unknown key", "version: 1\nmodells: []\n", /^The policy of this pull request has \d mistakes?$/],
  ["with an alias bomb", bomb, /^The policy of this pull request has \d mistakes?$/],
  ["that is larger than 64 KB", `# ${"x".repeat(70_000)}\nversion: 1\nmodels: []\n`, /has 1 mistake$/],
  ["that is empty", "\n", /has \d mistakes?$/],
  ["by which no review could run", "version: 2\nmodels: [{ id: a, experiment: absent.yml }]\n", /has 1 mistake$/],
])("fails a change that introduces a policy %s", async (_, text, title) => {
  expect(await verdictOn({ [path]: text })).toEqual({
    conclusion: "failure",
    title: expect.stringMatching(title),
    comment: expect.stringContaining("the policy of this pull request has"),
  });
});

it("fails everything but a repair while the policy of the base is broken", async () => {
  await local.commit("main", { [path]: "version: 3\n" });
  await local.settle();
  const nothingChecked = expect.stringMatching(/othing was checked: the policy of main has \d mistakes?$/);
  expect(await verdictOn({ "b.txt": "b" })).toEqual({
    conclusion: "failure",
    title: nothingChecked,
    comment: nothingChecked,
  });
  expect(await verdictOn({ "c.txt": "c", [path]: policyText })).toMatchObject({
    conclusion: "failure",
    title: nothingChecked,
  });
  expect(await verdictOn({ [path]: null })).toMatchObject({ conclusion: "failure", title: nothingChecked });
  expect(await verdictOn({ [path]: policyText })).toEqual({
    conclusion: "success",
    title: "This change repairs the policy",
    comment: "### ✓ ModelSync: this change repairs the policy",
  });
});

it("judges a change of the policy by the policy of the base", async () => {
  await local.commit("main", { [path]: policyText });
  await local.settle();
  const lax = "version: 1\nmodels: []\n";
  expect(await verdictOn({ [path]: lax })).toMatchObject({ conclusion: "failure" });
  expect(await verdictOn({ [path]: "version: [1" })).toMatchObject({ conclusion: "failure" });
});

it("tries a change of the policy, and says in the first line that nothing is gated", async () => {
  await local.commit("main", { [path]: "version: 1\nmodels: []\n" });
  await local.settle();
  const policy = "version: 1\nmodels: [{ id: a, experiment: a.yml }]\n";
  expect(await verdictOn({ [path]: policy })).toMatchObject({
    conclusion: "failure",
    title: "This change makes the policy invalid",
  });
  const experiment = "data: a.csv\ntarget: y\nmodel: { type: logistic-regression }\n";
  const files = { "a.yml": experiment, "a.csv": "x,y\n1,a\n2,b\n" };
  expect(await verdictOn({ [path]: policy, ...files })).toMatchObject({ conclusion: "success" });
  await local.commit("main", { [path]: null });
  await local.settle();
  expect(await verdictOn({ [path]: policy, ...files })).toMatchObject({
    conclusion: "success",
    title: "This change introduces a valid policy, but nothing is gated",
  });
});

it("hears of a policy that the first of many commits changed", async () => {
  await local.commit("main", { [path]: policyText });
  const sha = await local.commit("long-push", { "long.txt": "1" });
  const number = await local.open("long-push");
  await local.settle();
  const before = await local.checkRuns(sha);
  // One push of 25 commits, of which the first one writes the policy.
  const { git } = local.ada.rest;
  const { data: main } = await git.getRef({ ...local.repository, ref: "heads/main" });
  let tip = main.object.sha;
  for (let at = 0; at < 25; at += 1) {
    const file = at === 0 ? { path, content: "version: 3\n" } : { path: "note.txt", content: `${at}\n` };
    const { data: tree } = await git.createTree({
      ...local.repository,
      base_tree: tip,
      tree: [{ ...file, mode: "100644" }],
    });
    const { data } = await git.createCommit({ ...local.repository, message: `${at}`, tree: tree.sha, parents: [tip] });
    tip = data.sha;
  }
  await git.updateRef({ ...local.repository, ref: "heads/main", sha: tip });
  await local.settle();
  expect([before.at(0)?.title, (await local.checkRuns(sha)).at(0)?.title]).toEqual([
    expect.stringContaining("linked"),
    expect.stringContaining("the policy of main has"),
  ]);
  await local.ada.rest.pulls.update({ ...local.repository, pull_number: number, state: "closed" });
});
