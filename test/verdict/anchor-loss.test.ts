import { expect, it } from "vitest";
import type { AnchorReview } from "../../pipeline/review/anchor.ts";
import { judgeAnchors } from "../../src/verdict/anchor-loss.ts";
import { aComparison, aMetric, aProblem, aRegression, baseCommit } from "../support/facts.ts";

const name = { ref: "v1", changes: null, metrics: ["roc_auc"], commit: baseCommit };
const sum = (metric = aRegression(), different: Partial<AnchorReview> = {}): AnchorReview =>
  ({ ...name, state: "compared", compared: [metric], ...different }) as AnchorReview;
const own = (difference: number | null, different: Parameters<typeof aMetric>[0] = {}) =>
  aComparison({ metrics: [aMetric({ difference, verdict: "no-detectable-change", ...different })] });

it("the finding tells the sum and this change's share", () => {
  expect(judgeAnchors("metric-regression", "income", [sum()], own(-0.004))).toEqual([
    {
      answer: "fail",
      findings: [
        {
          check: "metric-regression",
          fingerprint: expect.any(String),
          title: "ROC AUC of income is below its anchor, and this change takes it further down",
          evidence: {
            verdict: "anchor",
            base: 0.9091,
            head: 0.8874,
            difference: -0.0217,
            low: -0.0251,
            high: -0.0184,
            share: -0.004,
            tolerance: 0.005,
            test: "DeLong",
            anchor: "v1",
            accepted: null,
            commit: baseCommit,
          },
          remedy: "Win back what was lost since then, or move models.income.anchor in the policy first.",
          model: "income",
          metric: "roc_auc",
        },
      ],
    },
  ]);
});

const within = aMetric({ verdict: "no-detectable-change", difference: -0.004 });
const unknown = { base: null, verdict: "incomparable", reason: "it has no value" } as const;
const lower = { direction: "lower" } as const;

it.each<[what: string, anchors: AnchorReview[], comparison: ReturnType<typeof own>, answers: string[]]>([
  ["the change is worse by any amount", [sum()], own(-1e-6), ["fail"]],
  ["the change is worse by rounding alone", [sum()], own(-1e-12), []],
  ["the change is none in this metric", [sum()], own(0), []],
  ["the change improves, and the sum is still beyond", [sum()], own(0.003), []],
  ["an error grew a little", [sum(aRegression(lower))], own(0.001, lower), ["fail"]],
  ["an error shrank a little", [sum(aRegression(lower))], own(-0.001, lower), []],
  ["the sum is within the tolerance, or chance", [sum(within)], own(-0.004), []],
  ["the change is a regression by itself", [sum()], own(-0.02, { verdict: "regressed" }), []],
  ["rows that changed since then decide", [sum(aRegression(), { kept: [within] })], own(-0.004), []],
  [
    "rows changed since then and decide nothing",
    [sum(aRegression(), { kept: [aRegression()] })],
    own(-0.004),
    ["fail"],
  ],
  ["no anchor is named, so that the sum is only told", [sum(aRegression(), { ref: null })], own(-0.004), []],
  ["the worse metric has no value at the anchor", [sum(aMetric(unknown))], own(-0.004), ["cannot-tell"]],
  ["a better metric has no value at the anchor", [sum(aMetric(unknown))], own(0.004), []],
  ["the anchor could not be run", [{ ...name, state: "problems", problems: [aProblem()] }], own(0.01), ["cannot-tell"]],
  ["the anchor can't be compared", [{ ...name, state: "incomparable", reasons: [] }], own(0.01), ["cannot-tell"]],
  ["the last changes can't be compared", [{ ...name, ref: null, state: "incomparable", reasons: [] }], own(-0.004), []],
])("%s", (_, anchors, comparison, answers) => {
  const judged = judgeAnchors("metric-regression", "income", anchors, comparison);
  expect(judged.map(({ answer }) => answer)).toEqual(answers);
});
