import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { Fault } from "../../emulator/index.ts";
import { type LocalApp, startLocalApp } from "../support/local-app.ts";
import { soon } from "../support/soon.ts";

let local: LocalApp;
let branches = 0;

beforeAll(async () => {
  local = await startLocalApp({ retries: 2 });
});
afterAll(async () => {
  expect(local.github.violations).toEqual([]);
  await local[Symbol.asyncDispose]();
});

async function reviewWith(...faults: Fault[]) {
  branches += 1;
  const branch = `fault-${branches}`;
  const sha = await local.commit(branch, { [`${branch}.txt`]: branch });
  for (const fault of faults) local.github.faults.add(fault);
  const number = await local.open(branch);
  await local.settle();
  return { number, sha, runs: await local.checkRuns(sha), comments: await local.comments(number) };
}

const verdict = {
  name: "ModelSync: main",
  status: "completed",
  conclusion: "failure",
  title: expect.stringMatching(/issue/i),
};
const createRun = "POST /repos/{owner}/{repo}/check-runs";
const updateRun = "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}";
const createComment = "POST /repos/{owner}/{repo}/issues/{issue_number}/comments";
const tree = "GET /repos/{owner}/{repo}/git/trees/{tree_sha}";

it.each<[string, Fault]>([
  ["502 on the query", { match: "POST /graphql", effect: { kind: "status", status: 502 } }],
  ["502 on the check run", { match: createRun, effect: { kind: "status", status: 502 } }],
  ["500 on the tree", { match: tree, effect: { kind: "status", status: 500 } }],
  [
    "a secondary limit on the query",
    { match: "POST /graphql", effect: { kind: "rate-limit", secondary: true, seconds: 1 } },
  ],
  ["a primary limit on the check run", { match: createRun, effect: { kind: "rate-limit", seconds: 2 } }],
  ["a limit on the comment", { match: createComment, effect: { kind: "rate-limit", secondary: true, seconds: 1 } }],
  ["a comment that failed after it was written", { match: createComment, effect: { kind: "after", status: 502 } }],
])("ends in one verdict and one comment after %s", async (_, fault) => {
  const { runs, comments } = await reviewWith(fault);
  expect(runs).toEqual([verdict]);
  expect(comments).toHaveLength(1);
});

it("goes on with a pending run whose creation was not confirmed", async () => {
  // What struck nothing above would strike here.
  local.github.faults.planned.length = 0;
  await local.restart({ patienceMilliseconds: 0 });
  const created = () => local.github.requests.filter(({ operation }) => operation === createRun).length;
  const before = created();
  local.beforeNextReview(() => vi.waitUntil(() => created() > before, { timeout: 20_000 }).then(() => {}));
  const { runs, comments } = await reviewWith({ match: createRun, effect: { kind: "after", status: 502 } });
  expect([runs, comments.length]).toEqual([[verdict], 1]);
  await local.restart();
});

it("says the verdict once more where nobody knows whether it was said", async () => {
  await local.restart({ patienceMilliseconds: 0 });
  const { runs, comments } = await reviewWith({ match: updateRun, effect: { kind: "disconnect" } });
  expect([runs, comments.length]).toEqual([[verdict, verdict], 1]);
  await local.restart();
});

it("ends a pending run that was left on a commit whose pull request was closed meanwhile", async () => {
  const branch = "left";
  const sha = await local.commit(branch, { "left.txt": "1" });
  const number = await local.open(branch);
  await local.settle();
  local.github.faults.add({ match: createRun, effect: { kind: "after", status: 502 } });
  const [run] = (await local.ada.rest.checks.listForRef({ ...local.repository, ref: sha })).data.check_runs;
  const update = (state: "open" | "closed") =>
    local.ada.rest.pulls.update({ ...local.repository, pull_number: number, state });
  local.github.rerequestRun(run!.id, "ada");
  await vi.waitUntil(async () => (await local.checkRuns(sha)).length > 1, { timeout: 20_000 });
  await update("closed");
  await local.settle();
  expect((await local.checkRuns(sha)).filter(({ status }) => status !== "completed")).toEqual([]);
});

it.each([403, 410, 404])("speaks by the check run alone when comments are refused with %i", async (status) => {
  const refused = { kind: "status", status, message: "Comments are not possible here" } as const;
  const { runs, comments } = await reviewWith({ match: createComment, effect: refused, times: 5 });
  local.github.faults.planned.length = 0;
  expect(runs).toEqual([verdict]);
  expect(comments).toEqual([]);
});

it("writes a comment that somebody deleted anew, and overwrites one that somebody edited", async () => {
  const { number, comments } = await reviewWith();
  const { id, body } = comments[0]!;
  const issue = await local.issue();
  const edit = (text: string) =>
    local.ada.rest.pulls.update({ ...local.repository, pull_number: number, body: text }).then(() => local.settle());
  await local.ada.rest.issues.updateComment({ ...local.repository, comment_id: id, body: "All is well" });
  await edit(`Closes #${issue}`);
  const [edited] = await local.comments(number);
  expect(edited).toEqual({ id, login: "modelsync[bot]", body: expect.stringContaining("modelsync:report") });
  await local.ada.rest.issues.deleteComment({ ...local.repository, comment_id: id });
  await edit("Nothing");
  expect(await local.comments(number)).toEqual([{ id: expect.any(Number), login: "modelsync[bot]", body }]);
});

it("never takes a forged marker for its own comment", async () => {
  const sha = await local.commit("forged", { "forged.txt": "x" });
  const written = Promise.withResolvers<void>();
  local.beforeNextReview(() => written.promise);
  const number = await local.open("forged");
  const { data } = await local.ada.rest.issues.createComment({
    ...local.repository,
    issue_number: number,
    body: "✓ all fine <!-- modelsync:report -->",
  });
  written.resolve();
  await local.settle();
  expect(await local.checkRuns(sha)).toEqual([verdict]);
  expect(await local.comments(number)).toMatchObject([
    { id: data.id, login: "ada", body: "✓ all fine <!-- modelsync:report -->" },
    { login: "modelsync[bot]" },
  ]);
});

it("waits for GitHub's API when it lags behind the webhook", async () => {
  const { sha } = await reviewWith();
  const isQuery: Fault["match"] = ({ operation, actor }) =>
    operation === "POST /graphql" && actor.startsWith("installation");
  local.github.faults.add({ match: isQuery, effect: { kind: "stale" } });
  const next = await local.commit(`fault-${branches}`, { "next.txt": "next" });
  await local.settle();
  expect(await local.checkRuns(next)).toEqual([verdict]);
  expect(await local.checkRuns(sha)).toEqual([verdict]);
});

it("does not take an older text for the present one", async () => {
  const { sha, number } = await reviewWith();
  const edit = (body: string) => local.ada.rest.pulls.update({ ...local.repository, pull_number: number, body });
  await edit(`Closes #${await local.issue()}`);
  await local.settle();
  expect((await local.checkRuns(sha))[0]).toEqual({ ...verdict, conclusion: "success", title: expect.any(String) });
  // GitHub's times have whole seconds, and the next edit must be later.
  const { data } = await local.ada.rest.pulls.get({ ...local.repository, pull_number: number });
  await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(Date.parse(data.updated_at) + 1000), soon);
  local.github.faults.add({ match: "POST /graphql", effect: { kind: "stale" } });
  await edit("");
  await local.settle();
  expect((await local.checkRuns(sha))[0]).toEqual(verdict);
});

it("publishes a failure that says what to do when nothing helps", async () => {
  const sha = await local.commit("hopeless", { "hopeless.txt": "x" });
  const broken = async () => {
    throw new Error("the disk is full of ghp_0123456789abcdefghij0123456789abcdef");
  };
  for (let attempt = 0; attempt < 3; attempt += 1) local.beforeNextReview(broken);
  const number = await local.open("hopeless");
  await local.settle();
  const [run] = (await local.ada.rest.checks.listForRef({ ...local.repository, ref: sha })).data.check_runs;
  const reference = /reference ([a-z]{8})/.exec(run?.output.summary ?? "")?.[1];
  expect(run).toMatchObject({ conclusion: "failure", output: { title: "The review could not be finished" } });
  expect(run?.output.summary).toContain('Press "Re-run" on this check.');
  expect(run?.output.summary).not.toContain("disk");
  expect(await local.comments(number)).toEqual([]);
  expect(local.lines.find((line) => line.includes(`"reference":"${reference}"`))).toContain(
    "the disk is full of [secret]",
  );

  local.github.rerequestRun(run!.id, "ada");
  await local.settle();
  expect((await local.checkRuns(sha))[0]).toEqual(verdict);
});

it("kept every secret out of its log", () => {
  const log = local.lines.join("");
  expect(log).not.toMatch(/gh[pousr]_\w|-----BEGIN|correct-horse|eyJ/);
  expect(log).toContain("review ended");
});
