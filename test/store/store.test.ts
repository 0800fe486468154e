import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readBasePolicy, recordBasePolicy } from "../../src/store/base-policies.ts";
import { readCheckRun, recordCheckRun } from "../../src/store/check-runs.ts";
import type { Database } from "../../src/store/database.ts";
import {
  awaitGeneration,
  forgetOldDeliveries,
  knownDeliveries,
  markGenerationProcessed,
  markProcessed,
  recordDelivery,
} from "../../src/store/deliveries.ts";
import { pauseInstallation, readInstallation, recordInstallation } from "../../src/store/installations.ts";
import { pullRequestsLinkedTo, recordLinkedIssues } from "../../src/store/linked-issues.ts";
import { migrate } from "../../src/store/migrations.ts";
import {
  closePullRequest,
  isCurrent,
  knownRepositories,
  pullRequestsAtCommit,
  pullRequestsOfBase,
  readPullRequest,
  recordComment,
  recordEvaluation,
  recordUnchanged,
  unfinishedPullRequests,
  wantReview,
} from "../../src/store/pull-requests.ts";
import { recordConclusion, twinsOf } from "../../src/store/twins.ts";
import { aDatabase } from "./a-database.ts";

let database: Database;
beforeAll(async () => {
  database = await aDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  for (const table of ["delivery", "pull_request", "check_run", "linked_issue", "base_policy", "installation"]) {
    await database.query(`delete from ${table}`);
  }
});

// Larger than 32 bits, as GitHub's ids are.
const repositoryId = 9_007_199_254;
const hint = (number: number, more: object = {}) => ({
  repositoryId,
  number,
  installationId: 21,
  owner: "acme",
  name: "income",
  baseRef: "main",
  headSha: "abc",
  updatedAt: "2026-03-01T12:00:00Z",
  ...more,
});

describe("deliveries", () => {
  it("are ignored once processed, not once seen", async () => {
    const states = [await recordDelivery(database, "a", "push"), await recordDelivery(database, "a", "push")];
    await markProcessed(database, "a");
    expect([...states, await recordDelivery(database, "a", "push")]).toEqual(["new", "waiting", "processed"]);
  });

  it("are processed when the generation that they asked for is reached", async () => {
    for (const [guid, generation] of [
      ["one", 1],
      ["two", 2],
      ["three", 3],
    ] as const) {
      await recordDelivery(database, guid, "pull_request");
      await awaitGeneration(database, guid, { repositoryId, number: 5, generation });
    }
    await markGenerationProcessed(database, { repositoryId, number: 5, generation: 2 });
    expect(await Promise.all(["one", "two", "three"].map((guid) => recordDelivery(database, guid, "x")))).toEqual([
      "processed",
      "processed",
      "waiting",
    ]);
  });

  it("are known by GUID and forgotten with time", async () => {
    await recordDelivery(database, "old", "push");
    await recordDelivery(database, "young", "push");
    await database.query("update delivery set received_at = now() - interval '9 days' where guid = 'old'");
    expect(await knownDeliveries(database, ["old", "young", "never"])).toEqual(new Set(["old", "young"]));
    await forgetOldDeliveries(database, 8);
    expect(await knownDeliveries(database, ["old", "young", "never"])).toEqual(new Set(["young"]));
    expect(await knownDeliveries(database, [])).toEqual(new Set());
  });
});

describe("pull requests", () => {
  it("count generations, keep the newest hint and remember a wish for a new run", async () => {
    expect([
      await wantReview(database, hint(5), false),
      await wantReview(database, hint(5), true),
      await wantReview(database, hint(5, { headSha: "def", name: "renamed" }), false),
    ]).toEqual([1, 2, 3]);
    expect(await readPullRequest(database, hint(5))).toEqual({
      ...hint(5, { headSha: "def", name: "renamed" }),
      open: true,
      desiredGeneration: 3,
      doneGeneration: 0,
      forced: true,
      inputsHash: null,
      evaluatedHeadSha: null,
      evaluatedBaseRef: null,
      conclusion: null,
      commentId: null,
      commentHash: null,
    });
    expect(await readPullRequest(database, hint(6))).toBeNull();
  });

  it("take a verdict only of the present generation or a newer one than before", async () => {
    await wantReview(database, hint(5), true);
    await wantReview(database, hint(5), false);
    const verdict = { inputsHash: "h", headSha: "abc", baseRef: "main", conclusion: "success" as const };
    await recordEvaluation(database, hint(5), { ...verdict, generation: 1 });
    expect(await readPullRequest(database, hint(5))).toMatchObject({ doneGeneration: 1, forced: true });
    await recordEvaluation(database, hint(5), { ...verdict, generation: 2 });
    await recordEvaluation(database, hint(5), { ...verdict, generation: 1, conclusion: "failure" });
    expect(await readPullRequest(database, hint(5))).toMatchObject({
      doneGeneration: 2,
      forced: false,
      conclusion: "success",
    });
    await recordUnchanged(database, hint(5), 1);
    expect(await readPullRequest(database, hint(5))).toMatchObject({ doneGeneration: 2 });
  });

  it("fence a running review when they are closed, and open again with the next event", async () => {
    const generation = await wantReview(database, hint(5), false);
    const before = await isCurrent(database, hint(5), generation);
    await closePullRequest(database, hint(5));
    const closed = await isCurrent(database, hint(5), generation);
    const found = [await pullRequestsAtCommit(database, repositoryId, "abc"), await unfinishedPullRequests(database)];
    const next = await wantReview(database, hint(5), false);
    expect({ before, closed, found, again: await isCurrent(database, hint(5), next) }).toEqual({
      before: true,
      closed: false,
      found: [[], []],
      again: true,
    });
  });

  it("are found by commit, base and unfinished work of active installations", async () => {
    await wantReview(database, hint(5), false);
    await wantReview(database, hint(6, { baseRef: "dev", installationId: 22 }), false);
    await wantReview(database, hint(7, { headSha: "def" }), false);
    await recordUnchanged(database, hint(7), 1);
    await recordInstallation(database, 22, false);
    const numbers = (found: { number: number }[]) => found.map(({ number }) => number);
    expect({
      commit: numbers(await pullRequestsAtCommit(database, repositoryId, "abc")),
      base: numbers(await pullRequestsOfBase(database, repositoryId, "main")),
      unfinished: numbers(await unfinishedPullRequests(database)),
      repositories: await knownRepositories(database),
    }).toEqual({
      commit: [5, 6],
      base: [5, 7],
      unfinished: [5],
      repositories: [{ repositoryId, installationId: 21, owner: "acme", name: "income" }],
    });
  });

  it("know their twins: open, same head, same base, and the verdict on their newest event", async () => {
    const verdict = { generation: 1, inputsHash: "h", headSha: "abc", baseRef: "main", conclusion: "failure" as const };
    const place = { repositoryId, headSha: "abc", baseRef: "main" };
    for (const number of [5, 6, 7, 8, 9, 10]) await wantReview(database, hint(number), false);
    await recordEvaluation(database, hint(5), verdict);
    await recordEvaluation(database, hint(6), { ...verdict, conclusion: "success" });
    await recordEvaluation(database, hint(7), { ...verdict, baseRef: "dev" });
    await recordEvaluation(database, hint(8), verdict);
    await closePullRequest(database, hint(8));
    await recordConclusion(database, hint(10), { ...place, generation: 1, conclusion: "failure", insider: false });
    expect(await twinsOf(database, hint(6), place)).toEqual([
      { number: 5, insider: true, conclusion: "failure" },
      { number: 9, insider: true, conclusion: null },
      { number: 10, insider: false, conclusion: "failure" },
    ]);
    await wantReview(database, hint(5), false);
    expect((await twinsOf(database, hint(6), place))[0]).toEqual({ number: 5, insider: true, conclusion: null });
  });

  it("conclude only for their newest event", async () => {
    const found = { repositoryId, headSha: "abc", baseRef: "main", conclusion: "success" as const, insider: true };
    await wantReview(database, hint(5), false);
    await wantReview(database, hint(5), false);
    const answers = [
      await recordConclusion(database, hint(5), { ...found, generation: 1 }),
      await recordConclusion(database, hint(5), { ...found, generation: 2 }),
    ];
    await closePullRequest(database, hint(5));
    answers.push(await recordConclusion(database, hint(5), { ...found, generation: 2 }));
    expect(answers).toEqual([false, true, false]);
  });

  it("remember and forget their comment", async () => {
    await wantReview(database, hint(5), false);
    await recordComment(database, hint(5), { id: 99, hash: "c" });
    const kept = await readPullRequest(database, hint(5));
    await recordComment(database, hint(5), { id: null, hash: null });
    expect([kept, await readPullRequest(database, hint(5))]).toMatchObject([
      { commentId: 99, commentHash: "c" },
      { commentId: null, commentHash: null },
    ]);
  });
});

it("keeps one check run per commit and name", async () => {
  const key = { repositoryId, headSha: "abc", name: "ModelSync: main" };
  await recordCheckRun(database, key, { checkRunId: 1, contentHash: null, conclusion: null });
  await recordCheckRun(database, key, { checkRunId: 2, contentHash: "x", conclusion: "success" });
  expect(await readCheckRun(database, key)).toEqual({ checkRunId: 2, contentHash: "x", conclusion: "success" });
  expect(await readCheckRun(database, { ...key, name: "ModelSync: dev" })).toBeNull();
});

it("finds open pull requests by a linked issue, whatever the case of its repository", async () => {
  for (const number of [5, 6, 7]) await wantReview(database, hint(number), false);
  const issue = { repository: "Acme/Income", number: 3 };
  await recordLinkedIssues(database, hint(5), [issue, { repository: "acme/income", number: 3 }]);
  await recordLinkedIssues(database, hint(6), [issue]);
  await recordLinkedIssues(database, hint(7), [issue]);
  await recordLinkedIssues(database, hint(6), []);
  await closePullRequest(database, hint(7));
  expect(await pullRequestsLinkedTo(database, { repository: "aCME/income", number: 3 })).toEqual([
    { repositoryId, number: 5 },
  ]);
});

it("keeps what a base branch cares about", async () => {
  await recordBasePolicy(database, repositoryId, "main", { triggers: ["text"], watched: ["a"] });
  await recordBasePolicy(database, repositoryId, "main", { triggers: [], watched: ["b", "c"] });
  expect(await readBasePolicy(database, repositoryId, "main")).toEqual({ triggers: [], watched: ["b", "c"] });
  expect(await readBasePolicy(database, repositoryId, "dev")).toBeNull();
});

it("never shortens the pause of an installation", async () => {
  const late = new Date("2030-01-02T00:00:00Z");
  await pauseInstallation(database, 21, late);
  await pauseInstallation(database, 21, new Date("2030-01-01T00:00:00Z"));
  await recordInstallation(database, 21, false);
  expect(await readInstallation(database, 21)).toEqual({ active: false, pausedUntil: late });
  expect(await readInstallation(database, 22)).toEqual({ active: true, pausedUntil: null });
});

describe("migrations", () => {
  it("change nothing the second time", async () => {
    await wantReview(database, hint(5), false);
    await migrate(database);
    expect(await readPullRequest(database, hint(5))).toMatchObject({ number: 5 });
  });

  it("refuse a database of a newer server", async () => {
    await database.query("update schema_version set version = version + 100");
    await expect(migrate(database)).rejects.toThrow(/Start the newer server again/);
    await database.query("update schema_version set version = version - 100");
  });
});

it("rolls a failed transaction back", async () => {
  const failed = database.transaction(async (transaction) => {
    await wantReview(transaction, hint(5), false);
    throw new Error("no");
  });
  await expect(failed).rejects.toThrow("no");
  expect(await readPullRequest(database, hint(5))).toBeNull();
});
