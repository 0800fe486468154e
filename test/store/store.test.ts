import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readBasePolicy, recordBasePolicy } from "../../src/store/base-policies.ts";
import { readCheckRun, recordCheckRun } from "../../src/store/check-runs.ts";
import { coveringInstallation, knownRepositories, recordCoverage } from "../../src/store/covered-repositories.ts";
import type { Database } from "../../src/store/database.ts";
import {
  awaitGeneration,
  forgetOldDeliveries,
  markGenerationProcessed,
  markProcessed,
  recordDelivery,
} from "../../src/store/deliveries.ts";
import {
  askedInstallations,
  countDropped,
  pauseInstallation,
  pauseOf,
  recordInstallation,
} from "../../src/store/installations.ts";
import { pullRequestsLinkedTo, recordLinkedIssues } from "../../src/store/linked-issues.ts";
import {
  lostDeliveries,
  markAsked,
  markLogRead,
  mostRequests,
  noteLost,
  unreadLog,
} from "../../src/store/lost-deliveries.ts";
import { migrate } from "../../src/store/migrations.ts";
import {
  closePullRequest,
  isCurrent,
  pullRequestsAtCommit,
  pullRequestsOfBase,
  readPullRequest,
  recordComment,
  recordEvaluation,
  recordUnchanged,
  unfinishedPullRequests,
  wantReview,
} from "../../src/store/pull-requests.ts";
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

  it("are forgotten with time", async () => {
    await recordDelivery(database, "old", "push");
    await markProcessed(database, "old");
    await database.query("update delivery set received_at = now() - interval '9 days' where guid = 'old'");
    await forgetOldDeliveries(database, 8);
    expect(await recordDelivery(database, "old", "push")).toBe("new");
  });
});

describe("lost deliveries", () => {
  const logged = (guid: string, id: number, deliveredAt = new Date().toISOString()) => ({ guid, id, deliveredAt });
  const age = (text: string) => database.query(`update lost_delivery set asked_at = now() - interval '${text}'`);

  it("are those of the log that have no row, once each", async () => {
    await recordDelivery(database, "here", "push");
    await noteLost(database, [logged("here", 1), logged("lost", 3), logged("lost", 2), logged("late", 4)]);
    await noteLost(database, [logged("lost", 5)]);
    await recordDelivery(database, "late", "push");
    expect(await lostDeliveries(database)).toEqual([{ guid: "lost", id: 2, asked: 0 }]);
  });

  it("are asked for again after a wait that doubles, and not for ever", async () => {
    await noteLost(database, [logged("lost", 3)]);
    const waits: number[] = [];
    for (let times = 0; times < mostRequests; times += 1) {
      let minutes = 0;
      while ((await lostDeliveries(database)).length === 0) {
        minutes = Math.max(1, minutes * 2);
        await age(`${minutes} minutes 1 second`);
      }
      waits.push(minutes);
      await markAsked(database, "lost");
    }
    expect(waits).toEqual([0, 4, 8, 16, 32, 64, 128, 256, 512, 1024]);
    await age("3 days");
    expect(await lostDeliveries(database)).toEqual([]);
    await noteLost(database, [logged("lost", 9)]);
    expect(await lostDeliveries(database)).toEqual([]);
  });

  it("are looked for since the log was last read, and in a little of what was read", async () => {
    const minutes = async () => {
      const { since, until } = await unreadLog(database);
      return Math.round((until.getTime() - since.getTime()) / 60_000);
    };
    await database.query("update delivery_log set read_until = now()");
    const fresh = await minutes();
    await markLogRead(database, new Date(Date.now() - 60 * 60_000));
    const hour = await minutes();
    await markLogRead(database, new Date(Date.now() - 100 * 3_600_000));
    expect([fresh, hour, await minutes()]).toEqual([15, 75, 70 * 60]);
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
      closingIssues: null,
      insider: true,
      engine: null,
      policyOid: null,
      failures: 0,
    });
    expect(await readPullRequest(database, hint(6))).toBeNull();
  });

  it.each([
    ["an older one that comes late changes no word", { headSha: "old", updatedAt: "2026-03-01T11:59:59Z" }, "abc"],
    ["one without a time is older", { headSha: "old", updatedAt: "" }, "abc"],
    ["one of the same second is taken", { headSha: "def" }, "def"],
    ["a newer one is taken", { headSha: "def", updatedAt: "2026-03-01T12:00:01Z" }, "def"],
  ])("keep the newest hint and count every event: %s", async (_, more, headSha) => {
    await wantReview(database, hint(5), false);
    expect(await wantReview(database, hint(5, { name: headSha, ...more }), false)).toBe(2);
    const kept = headSha === "abc" ? hint(5) : hint(5, { name: headSha, ...more });
    expect(await readPullRequest(database, hint(5))).toMatchObject({ ...kept, open: true });
  });

  it.each([
    ["an older event", { updatedAt: "2026-03-01T11:59:59Z" }, false],
    ["an event of the same second", { updatedAt: hint(5).updatedAt }, false],
    ["a newer event", { updatedAt: "2026-03-01T12:00:01Z" }, true],
    ["a review of an older generation", { generation: 1 }, false],
    ["the present review", { generation: 2 }, true],
  ])("are closed by what is newer than all that is known: %s", async (_, only, closed) => {
    await wantReview(database, hint(5), false);
    await wantReview(database, hint(5), false);
    expect(await closePullRequest(database, hint(5), only)).toBe(closed);
    expect((await readPullRequest(database, hint(5)))?.open).toBe(!closed);
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
    }).toEqual({
      commit: [5, 6],
      base: [5, 7],
      unfinished: [5],
    });
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
  await recordCheckRun(database, key, { checkRunId: 1, contentHash: null, conclusion: null, writer: null });
  const written = { checkRunId: 2, contentHash: "x", conclusion: "success", writer: 5 } as const;
  await recordCheckRun(database, key, written);
  expect(await readCheckRun(database, key)).toEqual(written);
  expect(await readCheckRun(database, { ...key, name: "ModelSync: dev" })).toBeNull();
});

it("finds open pull requests by a linked issue of their repository", async () => {
  for (const number of [5, 6, 7]) await wantReview(database, hint(number), false);
  await recordLinkedIssues(database, hint(5), [3, 3, 4], "");
  await recordLinkedIssues(database, hint(6), [3], "");
  await recordLinkedIssues(database, hint(7), [3], "");
  await recordLinkedIssues(database, hint(6), [], "");
  await closePullRequest(database, hint(7));
  expect(await pullRequestsLinkedTo(database, { repositoryId, number: 3 })).toEqual([{ repositoryId, number: 5 }]);
  expect(await pullRequestsLinkedTo(database, { repositoryId: 12, number: 3 })).toEqual([]);
});

it("keeps what a base branch cares about", async () => {
  await recordBasePolicy(database, repositoryId, "main", { triggers: ["text"], watched: ["a"], unasked: false });
  await recordBasePolicy(database, repositoryId, "main", { triggers: [], watched: ["b", "c"], unasked: true });
  expect(await readBasePolicy(database, repositoryId, "main")).toEqual({
    triggers: [],
    watched: ["b", "c"],
    unasked: true,
  });
  expect(await readBasePolicy(database, repositoryId, "dev")).toBeNull();
});

it("never shortens the pause of an installation", async () => {
  const late = new Date("2030-01-02T00:00:00Z");
  await pauseInstallation(database, 21, late);
  await pauseInstallation(database, 21, new Date("2030-01-01T00:00:00Z"));
  await recordInstallation(database, 21, false);
  expect(await pauseOf(database, 21)).toEqual(late);
  expect(await pauseOf(database, 22)).toBeNull();
});

it("counts the dropped jobs of an installation, and knows which ones GitHub was asked about", async () => {
  await pauseInstallation(database, 21, new Date("2030-01-01T00:00:00Z"));
  await recordInstallation(database, 22, true);
  await recordInstallation(database, 23, false);
  expect([
    await countDropped(database, 23),
    await countDropped(database, 23),
    await countDropped(database, 24),
  ]).toEqual([1, 2, 1]);
  expect(await askedInstallations(database)).toEqual(
    new Map([
      [22, true],
      [23, false],
    ]),
  );
});

describe("the repositories that an installation covers", () => {
  const income = { id: repositoryId, owner: "acme", name: "income" };
  const other = { id: 12, owner: "acme", name: "other" };

  it("tell which ones are new, and which are worked for", async () => {
    await wantReview(database, hint(5), false);
    expect(await recordCoverage(database, 21, [income, other])).toEqual([income, other]);
    expect(await recordCoverage(database, 21, [income, other])).toEqual([]);
    expect([await coveringInstallation(database, 12), await coveringInstallation(database, 13)]).toEqual([21, null]);
    expect(await knownRepositories(database)).toEqual([
      { repositoryId, installationId: 21, owner: "acme", name: "income" },
    ]);
  });

  it("close the pull requests of those that went, and of all when it was suspended", async () => {
    await wantReview(database, hint(5), false);
    await wantReview(database, { ...hint(5), repositoryId: 12 }, false);
    await recordCoverage(database, 21, [income, other]);
    await recordCoverage(database, 21, [income]);
    expect(await unfinishedPullRequests(database)).toEqual([{ repositoryId, number: 5 }]);
    expect(await coveringInstallation(database, 12)).toBeNull();
    await recordCoverage(database, 21, []);
    expect(await unfinishedPullRequests(database)).toEqual([]);
    expect(await recordCoverage(database, 21, [income])).toEqual([income]);
  });

  it.each([
    ["the new owner's list comes first", [22, 21]],
    ["the old owner's list comes first", [21, 22]],
  ])("take the pull requests of a renamed and moved one along: %s", async (_, order) => {
    await wantReview(database, hint(5), false);
    await recordCoverage(database, 21, [income]);
    const moved = { id: repositoryId, owner: "zeta", name: "earnings" };
    const added = [];
    for (const id of order) added.push(...(await recordCoverage(database, id, id === 22 ? [moved] : [])));
    expect(added).toEqual([moved]);
    expect(await coveringInstallation(database, repositoryId)).toBe(22);
    const there = { installationId: 22, owner: "zeta", name: "earnings", open: true };
    if (order[0] === 22) expect(await readPullRequest(database, hint(5))).toMatchObject(there);
    // An event from before the move comes late.
    await wantReview(database, hint(5), false);
    await recordCoverage(database, 21, []);
    expect(await readPullRequest(database, hint(5))).toMatchObject(there);
  });
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
