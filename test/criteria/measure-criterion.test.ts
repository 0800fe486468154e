import { describe, expect, it } from "vitest";
import type { ModelReview } from "../../pipeline/review/model-review.ts";
import { measureCriterion } from "../../src/criteria/measure-criterion.ts";
import { parseCriterion } from "../../src/criteria/parse-criterion.ts";
import { reviewedModels } from "../../src/facts/model-state.ts";
import {
  absent,
  aColumnDrift,
  aComparison,
  aDriftReport,
  aFacts,
  aMetric,
  aModelPolicy,
  aModelReview,
  aPolicy,
  aProblem,
  aRegression,
  aRun,
  baseCommit,
  headCommit,
  ran,
  withProblems,
} from "../support/facts.ts";

function measure(text: string, review: Partial<ModelReview> = {}) {
  const parsed = parseCriterion(text);
  if (parsed.kind !== "measurable") throw new Error(`${text} is not measurable`);
  return measureCriterion(parsed.criterion, reviewedModels(aFacts({ models: [aModelReview(review)] })));
}

const met = (measured: number) => ({ answer: "met", model: "income", measured, reason: null });
const unmet = (measured: number, reason: string) => ({ answer: "unmet", model: "income", measured, reason });
const unclear = (reason: string, measured: number | null = null) => ({
  answer: "cannot-tell",
  model: "income",
  measured,
  reason,
});

const compared = (...metrics: ReturnType<typeof aMetric>[]) => ({ comparison: aComparison({ metrics }) });
const sliced = (...metrics: ReturnType<typeof aMetric>[]) => ({
  comparison: aComparison({ slices: [{ slice: { column: "sex", value: "Female" }, rows: 2690, metrics }] }),
});

describe("limits", () => {
  it.each<[text: string, expected: object]>([
    ["roc_auc >= 0.9", met(0.9091)],
    ["roc_auc >= 0.9091", met(0.9091)],
    ["roc_auc > 0.9091", unmet(0.9091, "it must be > 0.9091")],
    ["roc_auc >= 0.92", unmet(0.9091, "it must be >= 0.92")],
    ["roc_auc <= 0.9", unmet(0.9091, "it must be <= 0.9")],
    ["recall < 0.612", unmet(0.612, "it must be < 0.612")],
    ["f1 >= 0.5", unclear("f1 was not measured for this model")],
  ])("%s", (text, expected) => {
    expect(measure(text, compared(aMetric({ head: 0.9091 })))).toEqual(expected);
  });

  it("a metric without a value is unclear, with the reason", () => {
    const run = aRun({ metrics: { recall: { value: null, reason: "no positive rows" } } });
    expect(measure("recall >= 0.1", { head: { state: "ran", commit: headCommit, run, cached: false } })).toEqual(
      unclear("no positive rows"),
    );
  });

  it("a new model is measured without a base", () => {
    expect(measure("roc_auc >= 0.9", { base: absent(baseCommit), comparison: null })).toEqual(met(0.9091));
  });

  it("a model that can't be run is unclear", () => {
    const head = withProblems(headCommit, aProblem());
    expect(measure("roc_auc >= 0.9", { head, comparison: null })).toEqual(unclear("income: the head could not be run"));
  });

  it.each<[text: string, head: number | null, expected: object]>([
    ["recall[sex=Female] >= 0.6", 0.61, met(0.61)],
    ["recall[sex=Female] >= 0.62", 0.61, unmet(0.61, "it must be >= 0.62")],
    ["recall[sex=Female] >= 0.6", null, unclear("too few rows")],
    ["recall[sex=Male] >= 0.6", 0.61, unclear("the hold-out has no measured slice sex = Male")],
    ["precision[sex=Female] >= 0.6", 0.61, unclear("the hold-out has no measured slice sex = Female")],
  ])("of a slice: %s with %s", (text, head, expected) => {
    const reason = head === null ? "too few rows" : null;
    expect(measure(text, sliced(aMetric({ metric: "recall", head, reason })))).toEqual(expected);
  });
});

describe("not worse", () => {
  it.each<[what: string, review: Partial<ModelReview>, expected: object]>([
    ["improved", compared(aMetric({ verdict: "improved" })), met(0.9089)],
    ["no detectable change", compared(aMetric()), met(0.9089)],
    ["regressed", compared(aRegression()), unmet(0.8874, "it got worse")],
    ["underpowered within the tolerance", compared(aMetric({ verdict: "underpowered" })), met(0.9089)],
    [
      "underpowered beyond the tolerance",
      compared(aMetric({ verdict: "underpowered", difference: -0.02 })),
      unclear("the hold-out is too small to tell whether it got worse", 0.9089),
    ],
    [
      "incomparable",
      compared(aMetric({ verdict: "incomparable", reason: "the target changed" })),
      unclear("the target changed", 0.9089),
    ],
    ["no base", { base: absent(baseCommit), comparison: null }, unclear("there is no base to compare with")],
    ["another metric only", compared(aMetric({ metric: "f1" })), unclear("there is no base to compare with")],
  ])("%s", (_, review, expected) => {
    expect(measure("roc_auc not worse", review)).toEqual(expected);
  });

  it("of a slice", () => {
    expect(measure("roc_auc[sex=Female] not worse", sliced(aRegression()))).toEqual(unmet(0.8874, "it got worse"));
  });
});

describe("improves", () => {
  const better = aMetric({ verdict: "improved", difference: 0.01 });
  const loss = aMetric({ metric: "log_loss", direction: "lower", verdict: "improved", difference: -0.01 });

  it.each<[text: string, metric: ReturnType<typeof aMetric>, expected: object]>([
    ["roc_auc improves", better, met(0.9089)],
    ["roc_auc improves by 0.01", better, met(0.9089)],
    ["roc_auc improves by 0.011", better, unmet(0.9089, "it improved, but by less than 0.011")],
    ["log_loss improves by 0.01", loss, met(0.9089)],
    ["roc_auc improves", aMetric({ difference: 0.1 }), unmet(0.9089, "no improvement was found")],
    ["roc_auc improves", aMetric({ verdict: "incomparable" }), unclear("the two sides can't be compared", 0.9089)],
  ])("%s", (text, metric, expected) => {
    expect(measure(text, compared(metric))).toEqual(expected);
  });
});

describe("a limit and the base's hold-out rows", () => {
  it.each<[what: string, head: number | null, expected: object]>([
    ["met on them as well", 0.9089, met(0.9091)],
    ["missed on them", 0.85, unmet(0.9091, "on the base's hold-out rows it is 0.85; it must be >= 0.9 there too")],
    ["no value there", null, met(0.9091)],
  ])("%s", (_, head, expected) => {
    expect(measure("roc_auc >= 0.9", compared(aMetric({ head })))).toEqual(expected);
  });
});

describe("no drift", () => {
  it.each<[what: string, review: Partial<ModelReview>, expected: object]>([
    ["stable", {}, met(0)],
    [
      "one column drifted",
      { drift: aDriftReport({ columns: [aColumnDrift({ answer: "drifted" }), aColumnDrift({ column: "sex" })] }) },
      unmet(1, "drifted: age"),
    ],
    [
      "not enough data",
      { drift: aDriftReport({ answer: "not-enough-data", columns: [] }) },
      unclear("there is not enough comparable data to tell"),
    ],
    ["new model", { base: absent(baseCommit), comparison: null, drift: null }, unclear("there is no drift report")],
  ])("%s", (_, review, expected) => {
    expect(measure("no drift", review)).toEqual(expected);
  });
});

describe("which model is meant", () => {
  const two = aFacts({
    policy: aPolicy({ models: [aModelPolicy(), aModelPolicy({ id: "churn" })] }),
    models: [
      aModelReview(),
      aModelReview({ model: "churn", head: ran(headCommit, { metrics: { f1: { value: 0.4 } } }) }),
    ],
  });

  it.each<[text: string, expected: object]>([
    ["churn: f1 >= 0.4", { answer: "met", model: "churn", measured: 0.4, reason: null }],
    [
      "f1 >= 0.4",
      {
        answer: "cannot-tell",
        model: null,
        measured: null,
        reason: "it does not say which model is meant; put one of income, churn and a colon in front",
      },
    ],
    [
      "chrn: f1 >= 0.4",
      {
        answer: "cannot-tell",
        model: null,
        measured: null,
        reason: "there is no model chrn; the policy has income, churn",
      },
    ],
  ])("%s", (text, expected) => {
    const parsed = parseCriterion(text);
    if (parsed.kind !== "measurable") throw new Error("not measurable");
    expect(measureCriterion(parsed.criterion, reviewedModels(two))).toEqual(expected);
  });

  it("no model at all", () => {
    expect(measureCriterion({ kind: "no-drift", model: null, column: null }, [])).toEqual({
      answer: "cannot-tell",
      model: null,
      measured: null,
      reason: "the policy names no model, so there is nothing to measure",
    });
  });
});

describe("no drift in one column", () => {
  const drift = aDriftReport({
    answer: "drifted",
    columns: [
      aColumnDrift({ column: "age", answer: "drifted" }),
      aColumnDrift({ column: "sex", answer: "stable" }),
      aColumnDrift({ column: "race", answer: "not-enough-data" }),
    ],
  });

  it.each<[text: string, expected: object]>([
    ["no drift in age", unmet(1, "drifted: age")],
    ["no drift in sex", met(0)],
    ["no drift in Sex", met(0)],
    ["no drift in race", unclear("there is not enough comparable data to tell")],
    ["no drift in fnlwgt", unclear("drift is not measured for a column fnlwgt")],
  ])("%s", (text, expected) => {
    expect(measure(text, { drift })).toEqual(expected);
  });
});
