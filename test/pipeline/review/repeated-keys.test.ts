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

interface Patient {
  group: number;
  x: number;
  noise: number;
  label: "yes" | "no";
}

/** Four visits per patient, of which `x` tells the label. */
function visits(): Patient[] {
  const random = createRandom(9);
  return Array.from({ length: 1200 }, (_, row) => {
    const x = random.normal();
    return {
      group: Math.floor(row / 4),
      x,
      noise: random.normal(),
      label: x + 0.3 * random.normal() > 0 ? "yes" : "no",
    };
  });
}

const toLines = (rows: Patient[], more = "") => [
  `g,x,noise,income${more === "" ? "" : `,${more}`}`,
  ...rows.map(
    ({ group, x, noise, label }) => `${group},${x.toFixed(4)},${noise.toFixed(4)},${label}${more === "" ? "" : ",1"}`,
  ),
];

async function review(base: string[], head: string[], exclude: string[] = []): Promise<ModelReview> {
  const side = (commit: string, data: string[]) => aRevision(folder, commit, data, { key: "g", exclude });
  return reviewModel(aReviewJob(await side("b", base), await side("h", head)));
}

const auc = ({ comparison }: ModelReview) => comparison?.metrics.find(({ metric }) => metric === "roc_auc");
const rows = visits();

describe("a key that names several rows", () => {
  it("pairs only the rows whose content stayed, and asks about the others as the base has them", async () => {
    const head = rows.map((row, at) => (at % 2 === 0 ? { ...row, noise: row.noise + 0.0001 } : row));
    const answer = await review(toLines(rows), toLines(head));
    const { holdout, reasons } = answer.comparison!;
    expect(auc(answer)).toMatchObject({ verdict: "no-detectable-change" });
    expect([holdout.base, holdout.head, holdout.common]).toEqual([296, 296, 296]);
    expect([holdout.changed?.gone?.count, answer.comparison?.kept?.rows]).toEqual([148, 148]);
    expect(reasons).toEqual([
      "148 rows of repeated keys could not be paired, because their content changed.",
      "148 of the 296 base hold-out rows (50 %) are gone, and judged as the base has them. On them the base's model is right in 93 % and the head's in 93 %, elsewhere in 92 % and 92 %.",
    ]);
  });

  it("is no ground for a verdict when the content of every row changed", async () => {
    const head = rows.map((row) => ({ ...row, noise: row.noise + 0.0001 }));
    const answer = await review(toLines(rows), toLines(head));
    expect([answer.comparison?.status, auc(answer)?.verdict]).toEqual(["incomparable", "incomparable"]);
    expect(answer.comparison?.reasons.join(" ")).toMatch(
      /^No row is in the hold-out of both sides\. \d+ rows of repeated keys could not be paired, because their content changed\. Make the key unique, /,
    );
  });

  it("pairs rows by the columns that both sides have", async () => {
    const { comparison } = await review(toLines(rows), toLines(rows, "clinic"));
    expect([comparison?.status, comparison?.holdout.common, comparison?.reasons]).toEqual([
      "compared",
      comparison?.holdout.base,
      [],
    ]);
  });

  it("pairs rows of which only an excluded column was written anew", async () => {
    const head = rows.map((row) => ({ ...row, noise: row.noise + 0.0001 }));
    const { comparison } = await review(toLines(rows), toLines(head), ["noise"]);
    expect([comparison?.status, comparison?.holdout.common, comparison?.reasons]).toEqual([
      "compared",
      comparison?.holdout.base,
      [],
    ]);
  });

  it("sees a corrected label of one of its rows", async () => {
    const head = rows.map((row, at) => (at % 40 === 0 ? { ...row, label: row.label === "yes" ? "no" : "yes" } : row));
    const { comparison } = await review(toLines(rows), toLines(head as Patient[]));
    expect(comparison?.holdout.common).toBe(comparison?.holdout.base);
    expect(comparison?.reasons).toEqual([
      "7 of the 296 base hold-out rows (2.4 %) have another label in the head, or none; the base's judge both. On them the base's model is right in 100 % and the head's in 100 %, elsewhere in 92 % and 92 %.",
    ]);
  });

  it("pairs the one row of a key although the head has two of it", async () => {
    const single = rows.filter((_, at) => at % 4 === 0);
    const { comparison } = await review(toLines(single), toLines(rows.filter((_, at) => at % 4 < 2)));
    expect(comparison?.holdout.common).toBe(comparison?.holdout.base);
  });
});

it("rows that the head removes from the hold-out are counted when they are many", async () => {
  const head = rows.filter(({ x, label }) => x > 0 === (label === "yes"));
  const named = new Map(rows.map((row, at) => [row, at]));
  const numbered = (all: Patient[]) => toLines(all.map((row) => ({ ...row, group: named.get(row)! })));
  const { comparison } = await review(numbered(rows), numbered(head.slice(0, 1000)));
  expect(comparison?.reasons).toEqual([
    "49 of the 305 base hold-out rows (16 %) are gone, and judged as the base has them. On them the base's model is right in 47 % and the head's in 45 %, elsewhere in 99.2 % and 100 %.",
  ]);
});
