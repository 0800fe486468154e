import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Comparison } from "../../../pipeline/compare/comparison.ts";
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
/** The rows that judge, and the recall of both sides, which depends on the positive class. */
const seen = (comparison: Comparison | null | undefined) => {
  if (comparison == null) return null;
  const { base, head } = comparison.metrics.find(({ metric }) => metric === "recall")!;
  return [comparison.holdout.common, ...[base, head].map((value) => Number(value?.toFixed(3)))];
};
const heldOut = (side: ModelReview["base"]) => (side.state === "ran" ? side.run.rows.holdout : null);

type Seen = [rows: number, base: number, head: number];

describe("a yardstick that the head changes", () => {
  it.each<{
    what: string;
    base?: Side;
    head: Side;
    /** Why, beside the base's numbers. */
    reasons: string[];
    changes: ModelReview["yardstick"];
    byBase: Seen;
    /** Undefined: not asked. */
    byHead?: Seen | null;
  }>([
    {
      what: "another positive class",
      head: { experiment: { positive: "no" } },
      reasons: [`The positive class changed from "yes" to "no"; the base's judges both.`],
      changes: [{ kind: "positive", from: "yes", to: "no" }],
      byBase: [109, 0.82, 0.82],
      byHead: [109, 0.746, 0.746],
    },
    {
      what: "another seed",
      head: { experiment: { split: { holdout: 0.25, seed: 7 } } },
      reasons: [
        "The split changed from holdout 0.25, seed 42 to holdout 0.25, seed 7; both are judged on the base's hold-out.",
      ],
      changes: [{ kind: "seed", from: "42", to: "7" }],
      byBase: [109, 0.82, 0.82],
      byHead: [88, 0.944, 0.944],
    },
    {
      what: "a larger hold-out",
      head: { experiment: { split: { holdout: 0.5, seed: 42 } } },
      reasons: [
        "The split changed from holdout 0.25, seed 42 to holdout 0.5, seed 42; both are judged on the base's hold-out.",
      ],
      changes: [{ kind: "larger-holdout", from: "0.25", to: "0.5" }],
      byBase: [109, 0.82, 0.82],
      byHead: [218, 0.786, 0.786],
    },
    {
      what: "a smaller hold-out",
      head: { experiment: { split: { holdout: 0.1, seed: 42 } } },
      reasons: [
        "The split changed from holdout 0.25, seed 42 to holdout 0.1, seed 42; both are judged on the base's hold-out.",
      ],
      changes: [{ kind: "smaller-holdout", from: "0.25", to: "0.1" }],
      byBase: [109, 0.82, 0.82],
      byHead: [42, 0.857, 0.857],
    },
    {
      what: "a key that the base's data has too",
      base: { data: numbered, experiment: { exclude: ["id"] } },
      head: { data: numbered, experiment: { key: "id" } },
      reasons: [`The row key changed from the row's content to "id".`, 'The rows of both sides are named by "id".'],
      changes: [{ kind: "key", from: null, to: "id" }],
      byBase: [94, 0.761, 0.761],
    },
    {
      what: "no key any more",
      base: { data: numbered, experiment: { key: "id" } },
      head: { data: numbered, experiment: { exclude: ["id"] } },
      reasons: [`The row key changed from "id" to the row's content.`],
      changes: [{ kind: "key", from: "id", to: null }],
      byBase: [97, 0.667, 0.667],
    },
    {
      what: "a new key column",
      head: { data: numbered, experiment: { key: "id" } },
      reasons: [
        `The row key changed from the row's content to "id".`,
        'The key column "id" does not exist on both sides.',
        "The columns differ (5 shared, 5 in the base, 6 in the head), so the shared ones name the rows.",
      ],
      changes: [{ kind: "key", from: null, to: "id" }],
      byBase: [109, 0.82, 0.82],
    },
    {
      what: "a new column, which is no other yardstick",
      head: { data: withColumn(lines, "city", (row) => (row % 2 ? "Ulm" : "Bonn")) },
      reasons: ["The columns differ (5 shared, 5 in the base, 6 in the head), so the shared ones name the rows."],
      changes: [],
      byBase: [109, 0.82, 0.82],
      byHead: null,
    },
    {
      what: "a lost column, which is no other yardstick",
      head: { data: withoutColumn(lines, 3) },
      reasons: ["The columns differ (4 shared, 5 in the base, 4 in the head), so the shared ones name the rows."],
      changes: [],
      byBase: [109, 0.82, 0.86],
      byHead: null,
    },
    {
      what: "a renamed column, which is no other yardstick",
      head: { data: [lines[0]!.replace("hours", "hours_per_week"), ...lines.slice(1)] },
      reasons: ["The columns differ (4 shared, 5 in the base, 5 in the head), so the shared ones name the rows."],
      changes: [],
      byBase: [109, 0.82, 0.82],
      byHead: null,
    },
  ])(
    "$what: the base's judges, and the head's is shown",
    async ({ what: _, base = {}, head, reasons, changes, ...expected }) => {
      const answer = await review(base, head);
      const { comparison, headView, yardstick } = answer;
      const told = { status: comparison?.status, reasons: comparison?.reasons, changes: yardstick };
      expect(told).toEqual({ status: "compared", reasons, changes });
      expect(comparison?.holdout).toEqual({
        base: heldOut(answer.base),
        head: heldOut(answer.head),
        common: heldOut(answer.base),
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      const views = { byBase: seen(comparison), ...("byHead" in expected ? { byHead: seen(headView) } : {}) };
      expect(views).toEqual(expected);
    },
  );

  it("the same experiment judged by another yardstick has not changed its model's quality", async () => {
    const answer = await review({}, { experiment: { positive: "no", split: { holdout: 0.5, seed: 3 } } });
    expect([gated(answer)?.difference, gated(answer)?.verdict]).toEqual([0, "no-detectable-change"]);
    const positives = [answer.base, answer.head].map((side) => (side.state === "ran" ? side.run.positive : side.state));
    expect(positives).toEqual(["yes", "no"]);
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
      /^The values of the target changed from "no", "yes" to "no", "rich"\. The label of 50 of the 109 rows that both sides hold out changed: "yes" became "rich" in 50\. Keep their spelling, or change it in a pull request of its own\.$/,
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
