import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ModelReview } from "../../../pipeline/review/model-review.ts";
import { reviewModel } from "../../../pipeline/review/review-model.ts";
import { createRandom } from "../../../pipeline/stats/random.ts";
import { aReviewJob, aRevision } from "../../support/review-jobs.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "modelsync-test-"));
});
afterAll(() => rm(folder, { recursive: true }));

interface Customer {
  since: number;
  spent: number;
  visits: number;
  leaves: boolean;
}

/** What customers, 600 unless told, did in a month; when they joined stays. A twentieth leaves. */
function month(seed: number, customers = 600): Customer[] {
  const random = createRandom(seed);
  return Array.from({ length: customers }, (_, row) => {
    const [spent, visits] = [random.normal(), random.below(4)];
    return { since: 1990 + (row % 30), spent, visits, leaves: spent + visits / 4 + 0.5 * random.normal() < -1.3 };
  });
}

const linesOf = (all: Customer[]) => [
  "id,since,spent,visits,income",
  ...all.map(
    ({ since, spent, visits, leaves }, row) =>
      `c${row},${since},${spent.toFixed(3)},${visits},${leaves ? "yes" : "no"}`,
  ),
];

async function review(base: Customer[], head: Customer[]): Promise<ModelReview> {
  const side = (commit: string, data: string[]) => aRevision(folder, commit, data, { key: "id" });
  return reviewModel(aReviewJob(await side("b", linesOf(base)), await side("h", linesOf(head))));
}

const [may, june] = [month(1), month(2)];

describe("a key that names other observations", () => {
  it("pairs none: the base's answer of one month is no answer to the label of another", async () => {
    const { comparison } = await review(may, june);
    expect([comparison?.status, comparison?.reasons]).toEqual([
      "incomparable",
      [
        'The rows of each "id" have other values and other labels than in the base, which agree no more than by chance: the key names other observations. Name as key what tells the observations apart.',
      ],
    ]);
  });

  it("is seen in a sample of many rows, and a tenth of new labels is not", async () => {
    const [before, after] = [month(1, 45_000), month(2, 45_000)];
    const relabeled = before.map((one, row) => (row % 10 === 0 ? { ...one, leaves: !one.leaves } : one));
    expect([
      (await review(before, after)).comparison?.status,
      (await review(before, relabeled)).comparison?.status,
    ]).toEqual(["incomparable", "compared"]);
  });

  it("is not made of a running number where no key is declared and all else is another sample", async () => {
    const lines = (seed: number) =>
      linesOf(month(seed)).map(
        (line, at) =>
          `${at === 0 ? "id" : at},${line.slice(line.indexOf(",") + 1).replace(/^\d+/, String(1000 + seed * at))}`,
      );
    const side = (commit: string, seed: number) => aRevision(folder, commit, lines(seed));
    const { comparison } = await reviewModel(aReviewJob(await side("b", 1), await side("h", 2)));
    expect([comparison?.status, comparison?.reasons[0]]).toEqual([
      "incomparable",
      "Of the base's 600 rows, none is in the head with the same content.",
    ]);
  });

  it("is not seen in labels that changed places, which is told as such", async () => {
    const swapped = june.map((row, at) => ({ ...row, leaves: at % 2 === 0 }));
    const back = june.map((_, at) => ({ ...may[at]!, leaves: at % 2 === 1 }));
    expect((await review(swapped, back)).comparison?.reasons.join()).toContain("changed their meaning");
  });

  it.each([
    ["labels that were corrected", may.map((row, at) => (at % 8 === 0 ? { ...row, leaves: !row.leaves } : row))],
    [
      "labels that were filled in later, beside measures as they were",
      may.map((row, at) => (at % 5 === 0 ? { ...row, leaves: true } : row)),
    ],
    ["other measures of the same labels", may.map((row, at) => ({ ...june[at]!, leaves: row.leaves }))],
  ])("is not seen in %s", async (_, head) => {
    expect((await review(may, head)).comparison?.status).toBe("compared");
  });
});
