import { afterAll, beforeAll, expect, it } from "vitest";
import { type LocalApp, startLocalApp } from "../support/local-app.ts";
import { nextSecond } from "../support/next-second.ts";

let local: LocalApp;
beforeAll(async () => {
  local = await startLocalApp();
});
afterAll(async () => {
  expect(local.github.violations).toEqual([]);
  await local[Symbol.asyncDispose]();
});

const query = "POST /graphql";
const compare = "GET /repos/{owner}/{repo}/compare/{basehead}";
const tree = "GET /repos/{owner}/{repo}/git/trees/{tree_sha}";
const pulls = "GET /repos/{owner}/{repo}/pulls";
const permission = "GET /repos/{owner}/{repo}/collaborators/{username}/permission";
const createRun = "POST /repos/{owner}/{repo}/check-runs";
const updateRun = "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}";
const createComment = "POST /repos/{owner}/{repo}/issues/{issue_number}/comments";
const updateComment = "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}";

/** The pull request that everything happens to, and the issue that its text names in the end. */
let number = 0;
let issue = 0;
const branch = "change";
const policyPath = ".github/modelsync.yml";
const strict = "version: 1\nmodels: []\nchecks:\n  linked-issue: { level: block, allow_closed: false }\n";
let pushes = 0;
const push = (where: string, path = "notes.txt") => local.commit(where, { [path]: String(++pushes) });
const edit = (fields: object) => local.ada.rest.pulls.update({ ...local.repository, pull_number: number, ...fields });
const editIssue = (fields: object) =>
  local.ada.rest.issues.update({ ...local.repository, issue_number: issue, ...fields });
const label = (issue_number: number) =>
  local.ada.rest.issues.addLabels({ ...local.repository, issue_number, labels: [`size-${++pushes}`] });
const rerun = async () => {
  const { data } = await local.ada.rest.checks.listForRef({ ...local.repository, ref: branch });
  local.github.rerequestRun(data.check_runs[0]!.id, "ada");
};

const changed = [query, permission, createRun, updateComment];

/** Events that an enabled check asks about, in the order in which they happen. */
const evaluated: [string, () => Promise<unknown>, string[]][] = [
  ["opened", open, [query, compare, tree, permission, createRun, createComment]],
  ["a text that links an issue", () => edit({ body: `Closes #${issue}` }), changed],
  ["another text that links the same", () => edit({ body: `With care.\n\nCloses #${issue}` }), [query, permission]],
  ["another title", () => edit({ title: "Another" }), [query, permission]],
  ["a push", () => push(branch), [query, compare, permission, createRun, updateComment]],
  [
    "a push of another policy",
    () => local.commit("main", { [policyPath]: strict }),
    [pulls, query, compare, tree, ...changed.slice(1)],
  ],
  ["the linked issue closed", () => editIssue({ state: "closed" }), changed],
  ["the linked issue reopened", () => editIssue({ state: "open" }), changed],
  ["a label on the linked issue", () => label(issue), changed],
  ["run again by a person", rerun, [query, createRun, permission, updateRun, updateComment]],
  ["closed and reopened", closeAndReopen, [query, permission]],
  [
    "another base branch",
    () => edit({ base: "release" }),
    [query, query, createRun, compare, permission, updateRun, updateComment],
  ],
  [
    "the first base branch again",
    () => edit({ base: "main" }),
    [query, createRun, permission, updateRun, updateComment],
  ],
  ["a second pull request of the commit", openTwin, [query, permission, createRun, createComment, ...changed]],
];

/** Events that no enabled check asks about, and such as concern no open pull request. */
const unasked: [string, () => Promise<unknown>][] = [
  ["a label", () => label(number)],
  ["becoming a draft", () => local.github.setDraft("acme/income", number, true)],
  ["becoming ready", () => local.github.setDraft("acme/income", number, false)],
  ["a comment", () => local.ada.rest.issues.createComment({ ...local.repository, issue_number: number, body: "Nice" })],
  ["an edited comment", editComment],
  ["a push to a branch that is no base", () => push("aside")],
  ["a push of unrelated files to the base", () => push("main")],
  ["an issue that is linked to nothing", () => local.issue("Something else")],
];

it("asks of GitHub what each event needs and no more", async () => {
  issue = await local.issue();
  await local.commit("release", {});
  const seen: Record<string, string[]> = {};
  for (const [name, act] of [...evaluated, ...unasked]) seen[name] = await local.callsDuring(act);
  expect(seen).toEqual(
    Object.fromEntries(
      [...evaluated, ...unasked.map(([name]) => [name, null, []] as const)].map(([name, , calls]) => [name, calls]),
    ),
  );
  const counts = evaluated.map(([name]) => seen[name]!.length).sort((a, b) => a - b);
  const percentile = (share: number) => counts[Math.ceil(share * counts.length) - 1];
  expect({ p50: percentile(0.5), p95: percentile(0.95) }).toEqual({ p50: 4, p95: 8 });
});

async function open(): Promise<void> {
  await push(branch);
  number = await local.open(branch);
}

async function editComment(): Promise<void> {
  const { data } = await local.ada.rest.issues.listComments({ ...local.repository, issue_number: number });
  const own = data.find(({ user }) => user?.login === "ada")!;
  await local.ada.rest.issues.updateComment({ ...local.repository, comment_id: own.id, body: "Very nice" });
}

async function closeAndReopen(): Promise<void> {
  // Of a closing in the second of the last known change, only GitHub knows whether it came first: it is asked.
  await nextSecond();
  await edit({ state: "closed" });
  await local.settle();
  await edit({ state: "open" });
}

async function openTwin(): Promise<void> {
  const { data } = await local.ada.rest.git.getRef({ ...local.repository, ref: `heads/${branch}` });
  await local.ada.rest.git.createRef({ ...local.repository, ref: "refs/heads/twin", sha: data.object.sha });
  await local.open("twin");
}
