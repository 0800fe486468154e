import { afterAll, beforeAll, expect, it } from "vitest";
import type { Fault } from "../../emulator/index.ts";
import { type LocalApp, policyText, startLocalApp } from "../support/local-app.ts";
import { nextSecond } from "../support/next-second.ts";
import { sweepNow } from "../support/sweep-now.ts";

let local: LocalApp;
beforeAll(async () => {
  local = await startLocalApp();
});
afterAll(async () => {
  expect(local.github.violations).toEqual([]);
  await local[Symbol.asyncDispose]();
});

const passing = { name: "ModelSync: main", status: "completed", conclusion: "success", title: expect.any(String) };
const unfinished = { ...passing, conclusion: "failure", title: "The review could not be finished" };
const compare = "GET /repos/{owner}/{repo}/compare/{basehead}";

async function open(branch: string): Promise<{ sha: string; number: number }> {
  const body = `Closes #${await local.issue()}`;
  const sha = await local.commit(branch, { [`${branch}.txt`]: branch });
  return { sha, number: await local.open(branch, { body }) };
}

it("spreads a policy that was pushed in an outage, and one whose push nobody told", async () => {
  const failing = { ...passing, conclusion: "failure" };
  const sha = await local.commit("unlinked", { "unlinked.txt": "1" });
  await local.open("unlinked");
  await local.settle();
  const setPolicy = async (text: string) => {
    await local.commit("main", { ".github/modelsync.yml": text });
    await local.settle();
    return (await local.checkRuns(sha))[0];
  };
  const outage: Fault = {
    match: "GET /repos/{owner}/{repo}/pulls",
    effect: { kind: "status", status: 502 },
    times: 99,
  };
  local.github.faults.add(outage);
  const during = await setPolicy("version: 1\nmodels: []\n");
  outage.times = 0;
  await sweepNow(local);
  const swept = (await local.checkRuns(sha))[0];
  local.github.addWebhookFault({ event: "push", effect: "drop" });
  const untold = await setPolicy(policyText);
  await sweepNow(local, "reconcile");
  expect({ during, swept, untold, reconciled: (await local.checkRuns(sha))[0] }).toEqual({
    during: failing,
    swept: passing,
    untold: passing,
    reconciled: failing,
  });
  // What is as it should be costs six calls: three that list what the App is installed on, three of the repository.
  expect(await local.callsDuring(() => sweepNow(local, "reconcile"))).toEqual([
    "GET /app/installations",
    "GET /app/installations/{installation_id}",
    "GET /installation/repositories",
    "GET /repos/{owner}/{repo}/pulls",
    "POST /graphql",
    "POST /graphql",
  ]);
}, 60_000);

it.each<[string, Pick<Fault, "match" | "effect">]>([
  ["502 on the query", { match: "POST /graphql", effect: { kind: "status", status: 502 } }],
  ["500 on the comparison", { match: compare, effect: { kind: "status", status: 500 } }],
  ["cut connections", { match: "POST /graphql", effect: { kind: "disconnect" } }],
  ["answers that break off", { match: "POST /graphql", effect: { kind: "break-off" } }],
  ["comparisons that break off", { match: compare, effect: { kind: "break-off" } }],
])("takes back by itself what an outage kept from being finished: %s", async (name, fault) => {
  const outage = { ...fault, times: 1000 };
  local.github.faults.add(outage);
  const { sha, number } = await open(name.replaceAll(" ", "-"));
  await local.settle();
  expect(await local.checkRuns(sha)).toEqual([unfinished]);
  const { data } = await local.ada.rest.checks.listForRef({ ...local.repository, ref: sha });
  expect(data.check_runs[0]?.output.summary).toContain("tries again by itself");

  outage.times = 0;
  await sweepNow(local);
  expect((await local.checkRuns(sha))[0]).toEqual(passing);
  expect(await local.comments(number)).toHaveLength(1);
});

it("writes nothing new while an outage lasts, and leaves GitHub alone for longer each time", async () => {
  const outage: Fault = { match: "POST /graphql", effect: { kind: "status", status: 502 }, times: 1000 };
  local.github.faults.add(outage);
  const { sha } = await open("long");
  await local.settle();
  const first = await local.callsDuring(() => sweepNow(local));
  const second = await local.callsDuring(() => sweepNow(local));
  outage.times = 0;
  expect(first.filter((call) => call.includes("check-runs"))).toEqual([]);
  expect([first, second].map((calls) => calls.filter((call) => call === "POST /graphql").length)).toEqual([2, 0]);
  expect(await local.checkRuns(sha)).toEqual([unfinished]);
});

it("gives the newest commit its verdict at once when the event of an older one comes last", async () => {
  await open("late");
  await local.settle();
  local.github.addWebhookFault({ event: "pull_request.synchronize", effect: { delay: 2500 } });
  await local.commit("late", { "late.txt": "2" });
  await nextSecond();
  const newest = await local.commit("late", { "late.txt": "3" });
  await local.settle();
  expect(await local.checkRuns(newest)).toEqual([passing]);
  expect(local.lines.filter((line) => line.includes("StaleRead"))).toEqual([]);
});

it("keeps a pull request open whose `closed` is delivered again after it was reopened", async () => {
  const { number } = await open("reopened");
  const update = (state: "open" | "closed") =>
    local.ada.rest.pulls.update({ ...local.repository, pull_number: number, state });
  await update("closed");
  await local.github.idle();
  const closed = local.github.deliveries().findLast(({ payload }) => payload.action === "closed")!;
  await update("open");
  await local.settle();
  await local.asApp((octokit) => octokit.rest.apps.redeliverWebhookDelivery({ delivery_id: closed.id }));
  await local.settle();
  const sha = await local.commit("reopened", { "reopened.txt": "2" });
  await local.settle();
  expect(await local.checkRuns(sha)).toEqual([passing]);
});

const createComment = "POST /repos/{owner}/{repo}/issues/{issue_number}/comments";

it.each([
  [403, "Resource not accessible by integration", 1],
  [404, "Not Found", 1],
  [403, "Unable to create comment because issue is locked.", 0],
  [410, "Issues are disabled for this repo", 0],
])("writes a comment that was refused with %i %s at the next sweep: %i", async (status, message, comments) => {
  local.github.faults.add({ match: createComment, effect: { kind: "status", status, message } });
  const { sha, number } = await open(`refused-${status}-${comments}`);
  await local.settle();
  const before = await local.comments(number);
  const calls = await local.callsDuring(() => sweepNow(local));
  expect([before, calls.filter((call) => call === createComment).length]).toEqual([[], comments]);
  expect(await local.comments(number)).toHaveLength(comments);
  expect(await local.checkRuns(sha)).toEqual([passing]);
});

it("writes a deleted comment anew when a person asks to run again", async () => {
  const { sha, number } = await open("deleted");
  await local.settle();
  const [comment] = await local.comments(number);
  await local.ada.rest.issues.deleteComment({ ...local.repository, comment_id: comment!.id });
  const { data } = await local.ada.rest.checks.listForRef({ ...local.repository, ref: sha });
  local.github.rerequestRun(data.check_runs[0]!.id, "ada");
  await local.settle();
  expect(await local.comments(number)).toMatchObject([{ login: comment!.login, body: comment!.body }]);
});
