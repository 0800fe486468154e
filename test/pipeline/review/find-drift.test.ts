import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { defaultDriftOptions } from "../../../pipeline/drift/default-drift-options.ts";
import { type ReviewJob, reviewModel } from "../../../pipeline/review.ts";
import { createRandom } from "../../../pipeline/stats/random.ts";
import { aReviewJob, aRevision } from "../../support/review-jobs.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "modelsync-test-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Two numbers that rise together, or one against the other: each alone is distributed the same. */
function pairs(sign: 1 | -1, seed: number): string[] {
  const random = createRandom(seed);
  const rows = Array.from({ length: 600 }, () => {
    const first = random.normal();
    const second = sign * first + 0.5 * random.normal();
    return `${first.toFixed(4)},${second.toFixed(4)},${first + random.normal() > 0 ? "yes" : "no"}`;
  });
  return ["first,second,income", ...rows];
}

async function drift(head: string[], change: Partial<ReviewJob> = {}) {
  const base = await aRevision(folder, "b", pairs(1, 1));
  const review = await reviewModel(aReviewJob(base, await aRevision(folder, "h", head), change));
  return review.drift!;
}

it("a correlation that broke is found by all columns together, and by none alone", async () => {
  const { columns, multivariate } = await drift(pairs(-1, 2));
  expect(columns.filter(({ role }) => role === "feature").map(({ answer }) => answer)).toEqual(["stable", "stable"]);
  expect(multivariate?.answer).toBe("drifted");
  expect(multivariate?.columns.map(({ column }) => column).sort()).toEqual(["first", "second"]);
});

it("other rows of the same kind are not", async () => {
  expect((await drift(pairs(1, 2))).multivariate?.answer).toBe("stable");
});

it("columns that may drift are not looked at", async () => {
  const exclude = { drift: { ...defaultDriftOptions, exclude: ["second"] } };
  expect((await drift(pairs(-1, 2), exclude)).multivariate?.answer).toBe("stable");
});
