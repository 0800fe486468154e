import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { Database } from "../../src/store/database.ts";
import {
  closePullRequest,
  readPullRequest,
  recordEvaluation,
  recordUnchanged,
  reopenGeneration,
  unfinishedPullRequests,
  wantDueRetries,
  wantReview,
} from "../../src/store/pull-requests.ts";
import { holdsReview, takeReview } from "../../src/store/review-owners.ts";
import { forgetStarted, readStarted, recordStarted } from "../../src/store/started-check-runs.ts";
import { recordConclusion, twinsOf } from "../../src/store/twins.ts";
import { aDatabase } from "./a-database.ts";

let database: Database;
beforeAll(async () => {
  database = await aDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  for (const table of ["pull_request", "installation"]) await database.query(`delete from ${table}`);
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

it("pull requests know their twins: open, same head, same base, and the verdict on their newest event", async () => {
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

it("pull requests conclude only for their newest event", async () => {
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

it("pull requests belong to the one who took their review last, and know the check runs that were begun", async () => {
  await wantReview(database, hint(5), false);
  await recordUnchanged(database, hint(5), 1);
  const first = await takeReview(database, hint(5));
  const second = await takeReview(database, hint(5));
  const run = { headSha: "abc", name: "ModelSync: main" };
  await recordStarted(database, hint(5), run);
  await recordStarted(database, hint(5), run);
  const left = [await readStarted(database, hint(5)), (await unfinishedPullRequests(database)).length];
  await forgetStarted(database, hint(5));
  const ended = [await readStarted(database, hint(5)), (await unfinishedPullRequests(database)).length];
  await reopenGeneration(database, hint(5));
  const reopened = await readPullRequest(database, hint(5));
  expect([await holdsReview(database, hint(5), first), await holdsReview(database, hint(5), second)]).toEqual([
    false,
    true,
  ]);
  expect([left, ended, reopened?.doneGeneration]).toEqual([[[run], 1], [[], 0], 0]);
});

it("pull requests are wanted again when the time has come that their verdict named, and not when an event came first", async () => {
  const evaluated = { inputsHash: null, headSha: "abc", baseRef: "main", conclusion: "failure" as const };
  const state = async () => {
    await wantDueRetries(database);
    const { desiredGeneration, failures } = (await readPullRequest(database, hint(5)))!;
    return [desiredGeneration, failures];
  };
  await wantReview(database, hint(5), false);
  await recordEvaluation(database, hint(5), { ...evaluated, generation: 1, retryInMinutes: 0 });
  const due = await state();
  await recordEvaluation(database, hint(5), { ...evaluated, generation: 2, retryInMinutes: 1 });
  const waiting = await state();
  await database.query("update pull_request set retry_at = now()");
  await wantReview(database, hint(5), false);
  const event = await state();
  await recordUnchanged(database, hint(5), 3, 0);
  const unchanged = await state();
  await recordEvaluation(database, hint(5), { ...evaluated, generation: 4 });
  expect({ due, waiting, event, unchanged, finished: await state() }).toEqual({
    due: [2, 1],
    waiting: [2, 2],
    event: [3, 0],
    unchanged: [4, 1],
    finished: [4, 0],
  });
});
