import { describe, expect, it } from "vitest";
import type { Task } from "../../pipeline/metrics/metric.ts";
import { metricsFor } from "../../pipeline/metrics/registry.ts";
import type { ModelReview } from "../../pipeline/review/model-review.ts";
import check from "../../src/checks/metric-regression.ts";
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
  ran,
  withProblems,
} from "../support/facts.ts";

const defaults = check.options.parse({});
const nothing = { comparison: null, schema: null, drift: null, changed: null };

function run(review: Partial<ModelReview>, options: Partial<typeof defaults> = {}) {
  return check.run(aFacts({ models: [aModelReview(review)] }), { ...defaults, ...options });
}

const compared = (...metrics: ReturnType<typeof aMetric>[]) => ({ comparison: aComparison({ metrics }) });

it("a regression fails with its numbers", () => {
  expect(run(compared(aRegression()))).toEqual({
    answer: "fail",
    summary: "1 metric regression",
    findings: [
      {
        check: "metric-regression",
        fingerprint: expect.any(String),
        title: "ROC AUC of income got worse",
        evidence: {
          verdict: "regressed",
          base: 0.9091,
          head: 0.8874,
          difference: -0.0217,
          low: -0.0251,
          high: -0.0184,
          tolerance: 0.005,
          test: "DeLong",
        },
        remedy: "Repair it, or raise the tolerance in the policy first.",
        model: "income",
        metric: "roc_auc",
      },
    ],
  });
});

describe("answers", () => {
  it.each<[what: string, review: Partial<ModelReview>, answer: string, summary: string]>([
    ["improved", compared(aMetric({ verdict: "improved" })), "pass", "no metric regression in income"],
    ["no detectable change", {}, "pass", "no metric regression in income"],
    ["underpowered", compared(aMetric({ verdict: "underpowered" })), "pass", "no metric regression in income"],
    [
      "a regression of a metric that the policy does not gate",
      compared(aMetric(), aRegression({ metric: "recall", gated: false })),
      "pass",
      "no metric regression in income",
    ],
    ["new model", { base: absent(baseCommit), ...nothing }, "not-applicable", "metrics: nothing gated to compare"],
    ["removed model", { head: absent(headCommit), ...nothing }, "fail", "1 model removed"],
    [
      "on neither side",
      { base: absent(baseCommit), head: absent(headCommit), ...nothing },
      "cannot-tell",
      "metrics could not be compared with the base",
    ],
    [
      "broken head",
      { head: withProblems(headCommit, aProblem()), ...nothing },
      "cannot-tell",
      "metrics could not be compared with the base",
    ],
    [
      "broken base",
      { base: withProblems(baseCommit, aProblem()), ...nothing },
      "cannot-tell",
      "metrics could not be compared with the base",
    ],
    ["no comparison", nothing, "cannot-tell", "metrics could not be compared with the base"],
  ])("%s", (_, review, answer, summary) => {
    expect(run(review)).toMatchObject({ answer, summary });
  });
});

const allowed = (task: Task) =>
  metricsFor(task)
    .map((metric) => metric.id)
    .join(", ");

describe("what can't be told says why", () => {
  it.each<[what: string, review: Partial<ModelReview>, title: string, evidence: object]>([
    [
      "incomparable metric",
      compared(aMetric({ verdict: "incomparable", reason: "The target changed." })),
      "ROC AUC of income can't be compared with the base",
      { verdict: "incomparable", reason: "The target changed." },
    ],
    [
      "a reason without a full stop",
      compared(aMetric({ verdict: "incomparable", reason: "base: only one class" })),
      "ROC AUC of income can't be compared with the base",
      { verdict: "incomparable", reason: "base: only one class." },
    ],
    [
      "incomparable sides",
      {
        comparison: aComparison({
          status: "incomparable",
          reasons: ["The split changed.", "The seed changed."],
          metrics: [],
        }),
      },
      "The metrics of income can't be compared with the base",
      { verdict: "incomparable", reason: "The split changed. The seed changed." },
    ],
    [
      "gated metric of another task",
      { ...compared(aMetric({ metric: "r2" })), head: ran(headCommit, { task: "regression" }) },
      "ROC AUC of income can't be compared with the base",
      { verdict: "incomparable", reason: "It is not defined for regression tasks." },
    ],
    [
      "gated metric that was not compared",
      compared(aMetric({ metric: "recall" })),
      "ROC AUC of income can't be compared with the base",
      { verdict: "incomparable", reason: "It was not compared." },
    ],
    [
      "no comparison",
      nothing,
      "income could not be judged",
      {
        verdict: "none",
        reason: "both sides ran, but no comparison came back",
        experiment: "models/income/experiment.yml",
      },
    ],
  ])("%s", (_, review, title, evidence) => {
    const { answer, findings } = run(review);
    expect([answer, findings.map((finding) => [finding.title, finding.evidence])]).toEqual([
      "cannot-tell",
      [[title, evidence]],
    ]);
  });

  it.each<[what: string, review: Partial<ModelReview>, remedy: string]>([
    [
      "sides whose reasons name the remedy",
      { comparison: aComparison({ status: "incomparable", reasons: ["No row is held out."], metrics: [] }) },
      "Do what the note on income says, then push again.",
    ],
    [
      "a metric without a value",
      compared(aMetric({ verdict: "incomparable", reason: "base: only one class" })),
      "Give both sides rows on which it has a value, or take it out of the policy's metrics.",
    ],
    [
      "a metric that was not compared",
      compared(aMetric({ metric: "recall" })),
      "See that both sides measure it, then re-run the check.",
    ],
    [
      "a metric of another task",
      {
        ...compared(aMetric({ verdict: "incomparable", reason: "it is not defined for regression tasks" })),
        head: ran(headCommit, { task: "regression" }),
      },
      `Name a metric of the task in the policy instead: ${allowed("regression")}.`,
    ],
  ])("a remedy that fits %s", (_, review, remedy) => {
    expect(run(review).findings.map((finding) => finding.remedy)).toEqual([remedy]);
  });

  it("a broken side hands its problems on, each with its place", () => {
    const other = aProblem({ code: "bad-path", where: { path: "models/income/experiment.yml" }, written: "../x" });
    const { findings } = run({ head: withProblems(headCommit, aProblem(), other), ...nothing });
    expect(findings.map(({ title, path, line, evidence }) => ({ title, path, line, evidence }))).toEqual([
      {
        title: "The head of income could not be run: The data has no column incom.",
        path: "models/income/experiment.yml",
        line: 2,
        evidence: {
          verdict: "broken",
          side: "head",
          code: "target-absent",
          written: "incom",
          allowed: "age, sex, income",
        },
      },
      {
        title: "The head of income could not be run: The data has no column incom.",
        path: "models/income/experiment.yml",
        line: undefined,
        evidence: { verdict: "broken", side: "head", code: "bad-path", written: "../x", allowed: "age, sex, income" },
      },
    ]);
  });

  it("a model that was not reviewed", () => {
    expect(check.run(aFacts({ models: [] }), defaults)).toMatchObject({
      answer: "cannot-tell",
      findings: [{ evidence: { reason: "it was not evaluated" } }],
    });
  });
});

describe("options", () => {
  it("underpowered: cannot-tell", () => {
    const review = compared(aMetric({ verdict: "underpowered", smallestDetectable: 0.03 }));
    expect(run(review, { underpowered: "cannot-tell" })).toMatchObject({
      answer: "cannot-tell",
      findings: [{ evidence: { verdict: "underpowered", smallestDetectable: 0.03, tolerance: 0.005 } }],
    });
  });

  it("broken_base: pass lets a repair through, and a broken head never", () => {
    const base = withProblems(baseCommit, aProblem());
    const head = withProblems(headCommit, aProblem());
    expect(run({ base, ...nothing }, { broken_base: "pass" }).answer).toBe("not-applicable");
    expect(run({ base, head, ...nothing }, { broken_base: "pass" }).answer).toBe("cannot-tell");
  });
});

describe("several models", () => {
  const policy = aPolicy({ models: [aModelPolicy(), aModelPolicy({ id: "churn" })] });

  it.each<[what: string, churn: Partial<ModelReview>, answer: string]>([
    ["one regressed", compared(aRegression()), "fail"],
    ["one can't be told", nothing, "cannot-tell"],
    ["one is new", { base: absent(baseCommit), ...nothing }, "pass"],
  ])("%s", (_, churn, answer) => {
    const models = [aModelReview(), aModelReview({ model: "churn", ...churn })];
    expect(check.run(aFacts({ policy, models }), defaults).answer).toBe(answer);
  });

  it("a model without gates is not applicable", () => {
    const ungated = aPolicy({ models: [aModelPolicy({ metrics: {} })] });
    expect(check.run(aFacts({ policy: ungated }), defaults)).toEqual({
      answer: "not-applicable",
      summary: "metrics: nothing gated to compare",
      findings: [],
    });
  });
});
