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
])("fails a change that introduces a policy %s", async (_, text, title) => {
  expect(await verdictOn({ [path]: text })).toEqual({
    conclusion: "failure",
    title: expect.stringMatching(title),
    comment: expect.stringContaining("the policy of this pull request has"),
  });
});

it("fails everything but a repair while the policy of the base is broken", async () => {
  await local.commit("main", { [path]: "version: 2\n" });
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
