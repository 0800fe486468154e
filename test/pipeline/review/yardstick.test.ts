import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Experiment } from "../../../pipeline/experiment/experiment.ts";
import type { ModelReview } from "../../../pipeline/review/model-review.ts";
import { reviewModel } from "../../../pipeline/review/review-model.ts";
import { incomeLines } from "../../support/incomes.ts";
import { aReviewJob, aRevision } from "../../support/review-jobs.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "modelsync-test-"));
});
afterAll(() => rm(folder, { recursive: true }));

const withColumn = (lines: string[], name: string, cell: (row: number) => string) =>
  lines.map((line, at) => `${at === 0 ? name : cell(at)},${line}`);
const withoutColumn = (lines: string[], place: number) =>
  lines.map((line) => line.split(",").toSpliced(place, 1).join(","));
const relabeled = (lines: string[], no: string, yes: string) =>
  lines.map((line) => line.replace(/,(no|yes)$/, (_, label) => `,${label === "no" ? no : yes}`));

const lines = incomeLines();
const numbered = withColumn(lines, "id", (row) => `p${row}`);

interface Side {
  data?: string[];
  experiment?: Partial<Experiment>;
}

async function review(base: Side, head: Side): Promise<ModelReview> {
  const side = (commit: string, { data = lines, experiment = {} }: Side) => aRevision(folder, commit, data, experiment);
  return reviewModel(aReviewJob(await side("b", base), await side("h", head)));
}

const gated = ({ comparison }: ModelReview) => comparison?.metrics.find(({ metric }) => metric === "roc_auc");
const positives = ({ base, head }: ModelReview) =>
  [base, head].map((side) => (side.state === "ran" ? side.run.positive : side.state));

describe("a yardstick that both sides can be judged by", () => {
  it.each<[what: string, base: Side, head: Side, reason: string]>([
    [
      "another positive class",
      {},
      { experiment: { positive: "no" } },
      'The positive class changed from "yes" to "no"; both sides are judged with "no".',
    ],
    [
      "another seed",
      {},
      { experiment: { split: { holdout: 0.25, seed: 7 } } },
      "The split changed from holdout 0.25, seed 42 to holdout 0.25, seed 7; both sides are judged on the head's hold-out.",
    ],
    [
      "a larger hold-out",
      {},
      { experiment: { split: { holdout: 0.5, seed: 42 } } },
      "The split changed from holdout 0.25, seed 42 to holdout 0.5, seed 42; both sides are judged on the head's hold-out.",
    ],
    [
      "a key that the base's data has too",
      { data: numbered, experiment: { exclude: ["id"] } },
      { data: numbered, experiment: { key: "id" } },
      'The row key changed from the row\'s content to "id". The rows of both sides are named by "id".',
    ],
    [
      "no key any more",
      { data: numbered, experiment: { key: "id" } },
      { data: numbered, experiment: { exclude: ["id"] } },
      'The row key changed from "id" to the row\'s content.',
    ],
    [
      "a new column",
      {},
      { data: withColumn(lines, "city", (row) => (row % 2 ? "Ulm" : "Bonn")) },
      "The columns differ (5 shared, 5 in the base, 6 in the head), so the shared ones name the rows.",
    ],
    [
      "a lost column",
      {},
      { data: withoutColumn(lines, 3) },
      "The columns differ (4 shared, 5 in the base, 4 in the head), so the shared ones name the rows.",
    ],
    [
      "a renamed column",
      {},
      { data: [lines[0]!.replace("hours", "hours_per_week"), ...lines.slice(1)] },
      "The columns differ (4 shared, 5 in the base, 5 in the head), so the shared ones name the rows.",
    ],
    [
      "a new key column",
      {},
      { data: numbered, experiment: { key: "id" } },
      'The row key changed from the row\'s content to "id". The key column "id" does not exist on both sides. The columns differ (5 shared, 5 in the base, 6 in the head), so the shared ones name the rows.',
    ],
  ])("%s: the head's definition holds for both", async (_, base, head, reason) => {
    const answer = await review(base, head);
    const { comparison } = answer;
    expect([comparison?.status, comparison?.reasons.join(" ")]).toEqual(["compared", reason]);
    const { base: baseRows, head: headRows, common } = comparison!.holdout;
    expect([baseRows, headRows]).toEqual([common, common]);
    expect(common).toBeGreaterThan(80);
    expect(gated(answer)?.difference).not.toBe(null);
    expect(new Set(positives(answer)).size).toBe(1);
  });

  it("the same experiment judged by another yardstick has not changed its model's quality", async () => {
    const answer = await review({}, { experiment: { positive: "no", split: { holdout: 0.5, seed: 3 } } });
    expect([gated(answer)?.difference, gated(answer)?.verdict]).toEqual([0, "no-detectable-change"]);
  });
});

describe("no common yardstick", () => {
  it.each<[what: string, base: Side, head: Side, reason: RegExp]>([
    [
      "another target",
      {},
      { experiment: { target: "sex", positive: "Female" } },
      /^The target changed from "income" to "sex", so the two models answer different questions\./,
    ],
    [
      "other names of the classes",
      { experiment: { positive: null } },
      { data: relabeled(lines, "0", "1"), experiment: { positive: null } },
      /^The values of the target changed from "no", "yes" to "0", "1"\./,
    ],
    [
      "classes that swapped their meaning",
      { data: numbered, experiment: { key: "id" } },
      { data: relabeled(numbered, "yes", "no"), experiment: { key: "id" } },
      /^The label of \d+ of the \d+ rows that both sides hold out changed: "no" became "yes" in \d+, /,
    ],
    [
      "a class that the base does not know",
      {},
      { data: relabeled(lines, "no", "rich"), experiment: { positive: "rich" } },
      /The base cannot be run that way: The positive class does not occur in the target\.$/,
    ],
    [
      "no column in common",
      {},
      { data: ["a,b,c,d,income", ...lines.slice(1)] },
      /^The data of both sides has no column in common beside the target/,
    ],
  ])("%s: the sides are incomparable, and it says why", async (_, base, head, reason) => {
    const answer = await review(base, head);
    const { comparison } = answer;
    expect([comparison?.status, gated(answer)?.verdict]).toEqual(["incomparable", "incomparable"]);
    expect(comparison?.reasons.join(" ")).toMatch(reason);
    expect(comparison?.attribution).toBe(undefined);
  });
});
