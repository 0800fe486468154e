import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultDriftOptions } from "../../../pipeline/drift/default-drift-options.ts";
import type { DriftReport } from "../../../pipeline/drift/drift-report.ts";
import type { ReviewJob } from "../../../pipeline/review/model-review.ts";
import { reviewModel } from "../../../pipeline/review/review-model.ts";
import { createRandom } from "../../../pipeline/stats/random.ts";
import check from "../../../src/checks/data-drift.ts";
import { aFacts, aModelReview } from "../../support/facts.ts";
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

describe("a pinned reference", () => {
  const shifted = pairs(1, 1).map((line, at) =>
    at === 0 ? line : line.replace(/^[^,]+/, (cell) => `${Number(cell) + 1}`),
  );
  const answers = ({ columns }: DriftReport) =>
    columns.filter(({ role }) => role === "feature").map(({ column, answer }) => [column, answer]);

  it("is what the head is compared with, also when the base has drifted with it", async () => {
    const reference = await aRevision(folder, "r", pairs(1, 1));
    if (reference.state !== "ready") throw new Error("not ready");
    const moved = await aRevision(folder, "b", shifted);
    const job = aReviewJob(moved, { ...moved, commit: "h" }, { reference: { state: "ready", data: reference.data } });
    const { drift: found } = await reviewModel(job);
    expect([answers(found!), found?.reference, found?.rule]).toEqual([
      [
        ["first", "drifted"],
        ["second", "stable"],
      ],
      "data/income.csv",
      expect.stringMatching(
        /^against the reference data\/income.csv: the data set as a whole drifted: 1 of 2 judged features drifted/,
      ),
    ]);
  });

  it("that cannot be read is told, and nothing passes on it", async () => {
    const problem = {
      code: "data-missing" as const,
      where: { path: "p" },
      message: "The data file does not exist.",
      remedy: "r",
    };
    const reference = { state: "problems" as const, path: "data/old.csv", problems: [problem] };
    const found = await drift(pairs(1, 2), { reference });
    expect(found).toEqual({
      answer: "not-comparable",
      rule: "the reference data/old.csv cannot be read: The data file does not exist.",
      columns: [],
      reference: "data/old.csv",
    });
    const judged = check.run(aFacts({ models: [aModelReview({ drift: found })] }), check.options.parse({}));
    expect([judged.answer, judged.findings.map(({ evidence, remedy }) => [evidence.reason, remedy])]).toEqual([
      "cannot-tell",
      [
        [
          "the reference data/old.csv cannot be read: The data file does not exist",
          "Commit data/old.csv to the base branch, or name another file under drift.reference in the policy.",
        ],
      ],
    ]);
  });
});

describe("only the added rows", () => {
  const added = { drift: { ...defaultDriftOptions, current: "added" as const } };
  const moved = pairs(1, 3).map((line, at) =>
    at === 0 ? line : line.replace(/^[^,]+/, (cell) => `${Number(cell) + 1}`),
  );
  const extended = (more: string[]) => [...pairs(1, 1), ...more.slice(1)];

  it("are compared with the base's data, so that the old ones do not hide them", async () => {
    const few = moved.slice(0, 101);
    const feature = async (change: Partial<ReviewJob>) => {
      const { columns } = await drift(extended(few), change);
      const { answer, rows } = columns.find(({ column }) => column === "first")!;
      return { answer, rows };
    };
    expect(await feature({})).toEqual({ answer: "stable", rows: { base: 600, head: 700 } });
    expect(await feature(added)).toEqual({ answer: "drifted", rows: { base: 600, head: 100 } });
  });

  it.each([
    ["no row was added", [...pairs(1, 1).slice(0, 1), ...pairs(1, 1).slice(1).reverse()], "stable"],
    ["only 1 row was added; 50 are needed", extended(moved.slice(0, 2)), "not-enough-data"],
    ["only 49 rows were added; 50 are needed", extended(moved.slice(0, 50)), "not-enough-data"],
  ])("%s", async (rule, head, answer) => {
    expect(await drift(head, added)).toEqual({ answer, rule, columns: [] });
  });
});
