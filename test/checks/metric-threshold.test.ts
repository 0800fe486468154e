import { describe, expect, it } from "vitest";
import type { MetricValue } from "../../pipeline/metrics/metric.ts";
import type { ModelReview } from "../../pipeline/review/model-review.ts";
import check from "../../src/checks/metric-threshold.ts";
import { settleLevels } from "../../src/verdict/settle-levels.ts";
import {
  absent,
  aFacts,
  aModelPolicy,
  aModelReview,
  aPolicy,
  aProblem,
  baseCommit,
  headCommit,
  ran,
  withProblems,
} from "../support/facts.ts";

const nothing = { comparison: null, schema: null, drift: null, changed: null };

function run(limits: { min?: number; max?: number }, review: Partial<ModelReview> = {}) {
  const metrics = { recall: { tolerance: 0, min: limits.min ?? null, max: limits.max ?? null } };
  return check.run(
    aFacts({ policy: aPolicy({ models: [aModelPolicy({ metrics })] }), models: [aModelReview(review)] }),
  );
}

const recall = (value: MetricValue) => ({ head: ran(headCommit, { metrics: { recall: value } }) });

describe("a head with recall 0.612", () => {
  it.each<[limits: { min?: number; max?: number }, answer: string]>([
    [{}, "not-applicable"],
    [{ min: 0.6 }, "pass"],
    [{ min: 0.612 }, "pass"],
    [{ max: 0.612 }, "pass"],
    [{ min: 0.6, max: 0.7 }, "pass"],
    [{ min: 0.613 }, "fail"],
    [{ max: 0.6 }, "fail"],
  ])("%j: %s", (limits, answer) => {
    expect(run(limits).answer).toBe(answer);
  });
});

it("only warns of what is so since the base, and fails for any changed input", () => {
  const changed = (data: boolean, experiment: boolean) => run({ min: 0.7 }, { changed: { data, experiment } });
  expect(changed(false, false)).toEqual({
    answer: "fail",
    summary: "a metric is outside its limits since main",
    findings: [
      {
        check: "metric-threshold",
        fingerprint: changed(true, false).findings[0]?.fingerprint,
        title: "Recall of income is below the minimum since main",
        evidence: { head: 0.612, limit: "min", allowed: 0.7 },
        remedy: "Nothing of income changed here. The next change of it has to end within the limit.",
        inherited: true,
        model: "income",
        metric: "recall",
      },
    ],
  });
  const levels = [changed(false, false), changed(true, false), changed(false, true)].map((result) => {
    const outcome = { id: check.id, title: check.title, group: check.group, level: "block" as const, result };
    return settleLevels([outcome], { checks: {} }, new Map())[0]?.level;
  });
  expect(levels).toEqual(["warn", "block", "block"]);
  const unmeasured = { changed: { data: false, experiment: false }, ...recall({ value: null, reason: "one class" }) };
  expect(run({ min: 0.7 }, unmeasured).answer).toBe("cannot-tell");
});

it("says what was measured and what is allowed", () => {
  expect(run({ min: 0.7 })).toEqual({
    answer: "fail",
    summary: "a metric is outside its limits",
    findings: [
      {
        check: "metric-threshold",
        fingerprint: expect.any(String),
        title: "Recall of income is below the minimum",
        evidence: { head: 0.612, limit: "min", allowed: 0.7 },
        remedy: "Bring Recall up to the limit, or change the limit in the policy first.",
        model: "income",
        metric: "recall",
      },
    ],
  });
});

it.each<[what: string, review: Partial<ModelReview>, answer: string, evidence: object | undefined]>([
  [
    "no value",
    recall({ value: null, reason: "no positive rows" }),
    "cannot-tell",
    { head: null, reason: "no positive rows" },
  ],
  [
    "not a metric of the task",
    { head: ran(headCommit, { metrics: {} }) },
    "cannot-tell",
    { head: null, reason: "recall is not defined for this model's task" },
  ],
  [
    "broken head",
    { head: withProblems(headCommit, aProblem()), ...nothing },
    "cannot-tell",
    { head: null, reason: "the head could not be run" },
  ],
  ["removed model", { head: absent(headCommit), ...nothing }, "fail", { head: null, reason: "the change removes it" }],
  ["new model within its limits", { base: absent(baseCommit), ...nothing }, "pass", undefined],
  [
    "broken base, head within its limits",
    { base: withProblems(baseCommit, aProblem()), ...nothing },
    "pass",
    undefined,
  ],
])("%s", (_, review, answer, evidence) => {
  const result = run({ min: 0.6 }, review);
  expect([result.answer, result.findings[0]?.evidence]).toEqual([answer, evidence]);
});
