import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openRunCache } from "../../../pipeline/child/run-cache.ts";
import { hashedColumns } from "../../../pipeline/match/row-hashes.ts";
import { attributeSides } from "../../../pipeline/review/attribute-sides.ts";
import { compareSides } from "../../../pipeline/review/compare-sides.ts";
import { diffSides } from "../../../pipeline/review/diff-sides.ts";
import { findDrift } from "../../../pipeline/review/find-drift.ts";
import { findIntegrity } from "../../../pipeline/review/find-integrity.ts";
import { matchSides } from "../../../pipeline/review/match-sides.ts";
import { type ReadSides, readSides } from "../../../pipeline/review/read-sides.ts";
import { runSides } from "../../../pipeline/review/run-sides.ts";
import { made } from "../../support/examined.ts";
import { aReviewJob, aRevision } from "../../support/review-jobs.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "modelsync-hashed-"));
});
afterAll(() => rm(folder, { recursive: true }));

const rows = made(600, (row, uniform) => ({
  age: row / 7,
  size: uniform,
  word: "abc"[row % 3]!,
  income: uniform > 0.6,
}));
const file = (factor: number) => [
  "age,size,word,income",
  ...rows.map(({ age, size, word, income }) => `${age},${size * factor},${word},${income ? "yes" : "no"}`),
];

const hashed = ({ base, head }: ReadSides) =>
  [base, head].map((side) => (side?.read.ok ? hashedColumns(side.read.value.table).map((one) => JSON.parse(one)) : []));

it("hashes the rows of each table once to match, split, compare and tell drift, when one column was written anew", async () => {
  const job = aReviewJob(await aRevision(folder, "base", file(1)), await aRevision(folder, "head", file(2.54)));
  const sides = await readSides(job);
  const context = { cache: openRunCache(null), experimentPath: job.experimentPath, onProgress: () => {} };
  const match = matchSides(sides);
  const runs = runSides(sides, match, context);
  const comparison = compareSides(job, sides, match, runs);
  await attributeSides(job, sides, runs, comparison, context);
  diffSides(sides, match);
  findDrift(job, sides, match, runs);
  const stayed = ["age", "income", "word"];
  const whole = ["age", "income", "size", "word"];
  expect(comparison?.status).toBe("compared");
  // each side divides its own rows by all that they hold, and by their features changed rows are no copies of held-out ones
  const all = [whole, ["age", "size", "word"], stayed].map((names) => names.join());
  const hashes = () => hashed(sides).map((sets) => sets.map((names: string[]) => names.join()).sort());
  expect(hashes()).toEqual([all.toSorted(), all.toSorted()]);
  // copies and contradictions within one table are other questions, of the same columns
  findIntegrity(sides, runs, match, context);
  expect(hashes()).toEqual([all.toSorted(), all.toSorted()]);
});
