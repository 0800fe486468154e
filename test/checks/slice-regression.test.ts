import { describe, expect, it } from "vitest";
import type { Comparison, DiscoveredSlice, SliceComparison } from "../../pipeline/compare/comparison.ts";
import type { ModelReview } from "../../pipeline/review/model-review.ts";
import check from "../../src/checks/slice-regression.ts";
import {
  absent,
  aComparison,
  aFacts,
  aMetric,
  aModelPolicy,
  aModelReview,
  aPolicy,
  aProblem,
  aRegression,
  baseCommit,
  headCommit,
  withProblems,
} from "../support/facts.ts";

const defaults = check.options.parse({});

function run(review: Partial<ModelReview>, options: Partial<typeof defaults> = {}, slices = ["sex"]) {
  const policy = aPolicy({ models: [aModelPolicy({ slices })] });
  return check.run(aFacts({ policy, models: [aModelReview(review)] }), { ...defaults, ...options });
}

const aSlice = (value: string, rows: number, ...metrics: SliceComparison["metrics"]): SliceComparison => ({
  slice: { column: "sex", value },
  rows,
  metrics,
});

const found: DiscoveredSlice = {
  conditions: [
    { column: "job", value: "Sales" },
    { column: "age", value: "<30" },
  ],
  rows: 928,
  measuredOn: 458,
  metric: aRegression({ metric: "brier_score", title: "Brier score", gated: false, tolerance: 0, difference: 0.0067 }),
};

const compared = (slices: SliceComparison[], more: Partial<Comparison> = {}) => ({
  comparison: aComparison({ slices, ...more }),
});
const discovery = (...slices: DiscoveredSlice[]) => ({
  discovery: { slices, searched: 300, measured: 2, reason: null },
});

it("fails on named slices, the worst first, then on those that were found", () => {
  const wide = { low: -390, high: -10, level: 0.95 };
  const slices = [
    aSlice(
      "Female",
      2690,
      aRegression({ metric: "rmse", title: "RMSE", base: 9000, difference: -200, interval: wide }),
    ),
    aSlice("Male", 5450, aRegression({ difference: -0.034 })),
  ];
  const result = run(compared(slices, discovery(found)));
  expect([result.answer, result.summary]).toEqual(["fail", "worse in 3 slices"]);
  expect(result.findings.map(({ slice, evidence }) => [slice, evidence.difference, evidence.discovered])).toEqual([
    ["sex = Male", -0.034, false],
    ["sex = Female", -200, false],
    ["job = Sales and age <30", 0.0067, true],
  ]);
  expect(result.findings[0]).toEqual({
    check: "slice-regression",
    fingerprint: expect.any(String),
    title: "ROC AUC of income got worse where sex = Male",
    evidence: {
      verdict: "regressed",
      discovered: false,
      rows: 5450,
      measuredOn: 5450,
      base: 0.9091,
      head: 0.8874,
      difference: -0.034,
      low: -0.0251,
      high: -0.0184,
      tolerance: 0.005,
      test: "DeLong",
    },
    remedy: "Repair it for these rows, or raise the metric's tolerance in the policy first.",
    model: "income",
    metric: "roc_auc",
    slice: "sex = Male",
  });
  expect(new Set(result.findings.map(({ fingerprint }) => fingerprint)).size).toBe(3);
});

it("counts a slice once, however many of its metrics got worse", () => {
  const recall = aRegression({ metric: "recall", title: "Recall" });
  const result = run(compared([aSlice("Female", 2690, aRegression(), recall), aSlice("Male", 5450, recall)]));
  expect([result.summary, result.findings.length]).toEqual(["worse in 2 slices", 3]);
});

describe("answers", () => {
  const worse = aSlice("Female", 40, aRegression());
  const incomparable = aComparison({ status: "incomparable", reasons: ["The target changed."], metrics: [] });
  const nothing = { comparison: null, schema: null, drift: null, changed: null };
  const broken = { ...nothing, head: withProblems(headCommit, aProblem()) };
  it.each<[string, ReturnType<typeof run>, answer: string, summary: string]>([
    ["nothing got worse", run(compared([aSlice("Female", 40, aMetric())])), "pass", "no slice got worse"],
    [
      "only metrics that nobody gates",
      run(compared([aSlice("Female", 40, aRegression({ gated: false }))])),
      "pass",
      "no slice got worse",
    ],
    ["fewer rows than asked for", run(compared([worse]), { minimum_rows: 41 }), "pass", "no slice got worse"],
    ["just enough rows", run(compared([worse]), { minimum_rows: 40 }), "fail", "worse in 1 slice"],
    ["a found slice", run(compared([], discovery(found)), {}, []), "fail", "worse in 1 slice"],
    [
      "a found slice that is ignored",
      run(compared([], discovery(found)), { discovered: "ignore" }, []),
      "pass",
      "no worse slice found",
    ],
    ["a search without a find", run(compared([], discovery()), {}, []), "pass", "no worse slice found"],
    ["no slices and no search", run(compared([]), {}, []), "not-applicable", "slices: nothing to compare"],
    [
      "a named column that is gone",
      run(compared([]), {}, ["region"]),
      "cannot-tell",
      "slices could not be compared with the base",
    ],
    [
      "sides that can't be compared",
      run({ comparison: incomparable }),
      "cannot-tell",
      "slices could not be compared with the base",
    ],
    [
      "the same without named slices",
      run({ comparison: incomparable }, {}, []),
      "not-applicable",
      "slices: nothing to compare",
    ],
    ["a broken head", run(broken), "cannot-tell", "slices could not be compared with the base"],
    ["a new model", run({ ...nothing, base: absent(baseCommit) }), "not-applicable", "slices: nothing to compare"],
  ])("%s", (_, result, answer, summary) => {
    expect([result.answer, result.summary]).toEqual([answer, summary]);
  });
});

it("an unclear answer says why", () => {
  const gone = run(compared([]), {}, ["region"]).findings[0];
  const incomparable = aComparison({ status: "incomparable", reasons: ["The target changed."], metrics: [] });
  const unjudged = run({ comparison: incomparable }).findings[0];
  expect([gone?.evidence, gone?.column, unjudged?.evidence]).toEqual([
    { verdict: "none", reason: "the head's data has no such column" },
    "region",
    { verdict: "none", reason: "The target changed." },
  ]);
});
