import { describe, expect, it } from "vitest";
import type { YardstickChange } from "../../pipeline/compare/yardstick-change.ts";
import type { ModelReview } from "../../pipeline/review/model-review.ts";
import check from "../../src/checks/yardstick-changed.ts";
import { checkDefaults } from "../../src/policy/check-defaults.ts";
import { absent, aComparison, aFacts, aMetric, aModelReview, aRegression, baseCommit } from "../support/facts.ts";

const run = (review: Partial<ModelReview>) => check.run(aFacts({ models: [aModelReview(review)] }));
const seed: YardstickChange = { kind: "seed", from: "42", to: "7" };

it.each<[what: string, review: Partial<ModelReview>, answer: string, summary: string]>([
  ["nothing changed", { yardstick: [] }, "pass", "models are judged as before"],
  ["facts of a time when nobody looked", {}, "pass", "models are judged as before"],
  ["another seed", { yardstick: [seed] }, "fail", "1 change of how models are judged"],
  ["a new model", { base: absent(baseCommit), comparison: null }, "not-applicable", "yardstick: nothing to compare"],
])("%s: %s", (_, review, answer, summary) => {
  expect(run(review)).toMatchObject({ answer, summary });
});

it("tells what it was and is, where, and what to do", () => {
  const positive: YardstickChange = { kind: "positive", from: null, to: "no" };
  expect(run({ yardstick: [positive, seed] }).findings).toEqual([
    {
      check: "yardstick-changed",
      fingerprint: expect.any(String),
      title: "The positive class of income changes",
      evidence: { kind: "positive", from: "the automatic choice", to: "no" },
      remedy: "Change it in a pull request of its own, and have it accepted there with a waiver.",
      model: "income",
      path: "models/income/experiment.yml",
    },
    {
      check: "yardstick-changed",
      fingerprint: expect.any(String),
      title: "The split's seed of income changes",
      evidence: { kind: "seed", from: "42", to: "7" },
      remedy:
        "The base's judges this change, and after the merge the new one does: better in a pull request of its own.",
      model: "income",
      path: "models/income/experiment.yml",
    },
  ]);
});

it("blocks by default what asks another question or disagrees, and only warns of the rest", () => {
  const { level, alsoBlock } = checkDefaults(check, 2);
  expect([level, ...alsoBlock]).toEqual(["warn", "target", "positive", "smaller-holdout", "views-disagree"]);
  expect(run({ yardstick: [seed] }).findings.map(check.kinds.of)).toEqual(["seed"]);
});

describe("the head's yardstick says something else than the base's", () => {
  const worse = aComparison({ metrics: [aRegression()] });
  const same = aComparison();
  it.each<[what: string, review: Partial<ModelReview>, kinds: unknown[]]>([
    ["worse only by the head's", { yardstick: [seed], headView: worse }, ["seed", "views-disagree"]],
    ["worse by both", { yardstick: [seed], headView: worse, comparison: worse }, ["seed"]],
    ["worse only by the base's", { yardstick: [seed], headView: same, comparison: worse }, ["seed"]],
    ["worse by later rows, the yardstick unchanged", { yardstick: [], headView: worse }, []],
    ["no other view", { yardstick: [seed], headView: null }, ["seed"]],
  ])("%s", (_, review, kinds) => {
    expect(run(review).findings.map(({ evidence }) => evidence.kind)).toEqual(kinds);
  });

  it("shows both", () => {
    const comparison = aComparison({ metrics: [aMetric({ difference: 0.001 })] });
    expect(run({ yardstick: [seed], headView: worse, comparison }).findings[1]).toMatchObject({
      title: "ROC AUC of income is worse by the head's yardstick, not by the base's",
      evidence: { base: 0.9091, head: 0.8874, difference: -0.0217, tolerance: 0.005, byBase: 0.001 },
    });
  });
});
