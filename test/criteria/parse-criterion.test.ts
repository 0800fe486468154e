import { describe, expect, it } from "vitest";
import { type Demand, type MeasurableCriterion, parseCriterion } from "../../src/criteria/parse-criterion.ts";

function metric(
  metric: string,
  demand: Demand,
  more: { model?: string; slice?: [string, string] } = {},
): ReturnType<typeof parseCriterion> {
  const slice = more.slice === undefined ? null : { column: more.slice[0], value: more.slice[1] };
  const criterion: MeasurableCriterion = { kind: "metric", model: more.model ?? null, metric, slice, demand };
  return { kind: "measurable", criterion };
}

const limit = (operator: ">=" | ">" | "<=" | "<", limit: number): Demand => ({ kind: "limit", operator, limit });
const notWorse: Demand = { kind: "not-worse" };
const improves = (by: number): Demand => ({ kind: "improves", by });

const noDrift = (column: string | null): ReturnType<typeof parseCriterion> => ({
  kind: "measurable",
  criterion: { kind: "no-drift", model: null, column },
});

describe("measurable", () => {
  it.each<[text: string, expected: ReturnType<typeof parseCriterion>]>([
    ["roc_auc >= 0.86", metric("roc_auc", limit(">=", 0.86))],
    ["roc_auc>=0.86", metric("roc_auc", limit(">=", 0.86))],
    ["`roc_auc >= 0.86`", metric("roc_auc", limit(">=", 0.86))],
    ["**`roc_auc` ≥ .86**.", metric("roc_auc", limit(">=", 0.86))],
    ["ROC AUC is at least 0.86", metric("roc_auc", limit(">=", 0.86))],
    ["AUC must be over 86 %", metric("roc_auc", limit(">", 0.86))],
    ["accuracy > 90%", metric("accuracy", limit(">", 0.9))],
    ["accuracy => 0.9", metric("accuracy", limit(">=", 0.9))],
    ["log_loss <= 0.3", metric("log_loss", limit("<=", 0.3))],
    ["log loss stays below 1.5", metric("log_loss", limit("<", 1.5))],
    ["RMSE ≤ 1200", metric("root_mean_squared_error", limit("<=", 1200))],
    ["r2 > -0.5", metric("r2", limit(">", -0.5))],
    ["brier < 1e-1", metric("brier_score", limit("<", 0.1))],
    ["income: roc_auc >= 0.86", metric("roc_auc", limit(">=", 0.86), { model: "income" })],
    ["recall[sex=Female] >= 0.6", metric("recall", limit(">=", 0.6), { slice: ["sex", "Female"] })],
    ["recall [ sex = Female ] not worse", metric("recall", notWorse, { slice: ["sex", "Female"] })],
    [
      'recall[native country="Trinadad&Tobago"] not worse',
      metric("recall", notWorse, { slice: ["native country", "Trinadad&Tobago"] }),
    ],
    ["recall[income=<=50K] not worse", metric("recall", notWorse, { slice: ["income", "<=50K"] })],
    ["recall[sex==Female] not worse", metric("recall", notWorse, { slice: ["sex", "Female"] })],
    ["recall[age band=>60] >= 0.5", metric("recall", limit(">=", 0.5), { slice: ["age band", ">60"] })],
    ["f1 does not get worse than the base", metric("f1", notWorse)],
    ["f1 must not drop", metric("f1", notWorse)],
    ["F1 is no worse than main", metric("f1", notWorse)],
    ["f1 improves", metric("f1", improves(0))],
    ["f1 must improve", metric("f1", improves(0))],
    ["roc_auc improves by 0.01", metric("roc_auc", improves(0.01))],
    ["roc_auc improves by at least 1 %", metric("roc_auc", improves(0.01))],
    ["no drift", { kind: "measurable", criterion: { kind: "no-drift", model: null, column: null } }],
    ["There is no drift in the data", noDrift(null)],
    ["the data must not drift", noDrift(null)],
    ["no drift in age", noDrift("age")],
    ["no drift in the column `hours per week`", noDrift("hours per week")],
    ["age does not drift", noDrift("age")],
    ["AUC-ROC > .99", metric("roc_auc", limit(">", 0.99))],
    ["ROC‑AUC ≥ 0.99", metric("roc_auc", limit(">=", 0.99))],
    ["The ROC AUC is ≥ 0.99", metric("roc_auc", limit(">=", 0.99))],
    ["model roc_auc >= 0.99", metric("roc_auc", limit(">=", 0.99))],
    ["F-1 >= 0.99", metric("f1", limit(">=", 0.99))],
    ["roc-auc: >= 0.99", metric("roc_auc", limit(">=", 0.99))],
    ["[roc_auc](http://x) >= 0.99", metric("roc_auc", limit(">=", 0.99))],
    ["<b>roc_auc</b> >= 0.99", metric("roc_auc", limit(">=", 0.99))],
    ["roc_auc &gt;= 0.99", metric("roc_auc", limit(">=", 0.99))],
    ["roc_auc &#x3E;= 0.99", metric("roc_auc", limit(">=", 0.99))],
    ["roc\\_auc \\>= 0.99", metric("roc_auc", limit(">=", 0.99))],
    ["_roc_auc_ ＞= 0.99", metric("roc_auc", limit(">=", 0.99))],
    ["R^2 >= 0.99", metric("r2", limit(">=", 0.99))],
    ["AUC must not decrease", metric("roc_auc", notWorse)],
    ["roc_auc doesn't drop", metric("roc_auc", notWorse)],
    ["recall[sex=Female] cannot fall below main", metric("recall", notWorse, { slice: ["sex", "Female"] })],
    ["log loss must not increase", metric("log_loss", notWorse)],
    ["F1 is at least as good as main", metric("f1", notWorse)],
    ["no regression in log loss", metric("log_loss", notWorse)],
    ["no drop in recall", metric("recall", notWorse)],
    ["no loss of accuracy", metric("accuracy", notWorse)],
    ["accuracy must increase", metric("accuracy", improves(0))],
    ["RMSE decreases by 5 %", metric("root_mean_squared_error", improves(0.05))],
    ["AUC is greater than 0.8", metric("roc_auc", limit(">", 0.8))],
    ["AUC not below 0.8", metric("roc_auc", limit(">=", 0.8))],
    ["ECE is no more than 5 %", metric("expected_calibration_error", limit("<=", 0.05))],
    ["income: no data drift.", { kind: "measurable", criterion: { kind: "no-drift", model: "income", column: null } }],
  ])("%s", (text, expected) => {
    expect(parseCriterion(text)).toEqual(expected);
  });
});

const example = "Write it like `roc_auc >= 0.86`, `recall[sex=Female] not worse` or `income: f1 improves by 0.01`.";

describe("almost measurable says why", () => {
  it.each<[text: string, reason: string, remedy: string]>([
    ["roc_auk >= 0.86", "There is no metric roc_auk.", "Did you mean roc_auc?"],
    ["acuracy improves", "There is no metric acuracy.", "Did you mean accuracy?"],
    ["accuracy > 90", "accuracy is never over 1. For percent, write %.", example],
    ["ECE <= 5", "expected_calibration_error is never over 1. For percent, write %.", example],
    ["AUC must not increase", "In roc_auc, more is better.", example],
    ["log loss increases", "In log_loss, less is better.", example],
    ["AUC is higher than main", "There is no number after >.", example],
    ["accuracy >= high", "There is no number after >=.", example],
    ["accuracy >= 0.9 on the test set", "There is no number after >=.", example],
    ["roc_auc = 0.86", "A measured number is never exactly equal to another.", example],
    [
      "recall[Female] >= 0.6",
      "The slice [Female] does not name one column and one value.",
      "Write it like `recall[sex=Female]`.",
    ],
    [
      "recall[sex=] >= 0.6",
      "The slice [sex=] does not name one column and one value.",
      "Write it like `recall[sex=Female]`.",
    ],
    [
      "recall[=Female] >= 0.6",
      "The slice [=Female] does not name one column and one value.",
      "Write it like `recall[sex=Female]`.",
    ],
  ])("%s", (text, reason, remedy) => {
    expect(parseCriterion(text)).toEqual({ kind: "almost", reason, remedy });
  });
});

describe("a measure that has no metric, and what is counted in data", () => {
  it.each([
    ["specificity >= 0.99", "specificity"],
    ["specifity >= 0.99", "specifity"],
    ["kappa > 0.9", "kappa"],
    ["Cohen's kappa is at least 0.9", "Cohen's kappa"],
    ["error rate < 1%", "error rate"],
    ["the false positive rate must not increase", "the false positive rate"],
    ["income: kappa improves", "kappa"],
    ["skill[sex=Female] >= 0.6", "skill"],
    ["rows >= 1000", "rows"],
    ["number of missing values in age <= 10", "number of missing values in age"],
    ["duplicates = 0", "duplicates"],
  ])("%s", (text, name) => {
    const remedy = `${example} As a task for people, write it without the number.`;
    expect(parseCriterion(text)).toEqual({ kind: "almost", reason: `${name} is not measured here.`, remedy });
  });
});

describe("what names a metric beside a number or a comparison is no ordinary task", () => {
  it.each([
    "roc-auc: 0.99",
    "accuracy of 99 %",
    "0.99 <= roc_auc",
    "reach an accuracy of at least ninety percent",
    "income roc_auc >= 0.99",
    "accuracy 99pct",
    "our recall will be 0,9 or so",
    "the ROC AUC on the census exceeds .9",
    "recall[sex=Female](http://x) >= 0.6",
    "training must not get worse in F1",
    "drift of age < 0.1",
    "no serious drift",
    "specificity: >= 0.99",
    "rows: >= 1000",
    "a kappa of 0.9",
    "make sure that recall does not drop",
    "recall must not decrease much",
    "better than the old model in AUC",
  ])("%s", (text) => {
    const reason = "It seems to ask for a measurement, but not in a form that can be measured.";
    const remedy = `${example} As a task for people, write it without the number.`;
    expect(parseCriterion(text)).toEqual({ kind: "almost", reason, remedy });
  });

  it("not even when it is long", () => {
    const long = `${"Because of the census of 1994, ".repeat(10)}roc_auc >= 0.99`;
    const reason = "It has more than 300 characters and seems to ask for a measurement.";
    expect(parseCriterion(long)).toMatchObject({ kind: "almost", reason });
  });
});

describe("an ordinary task", () => {
  it.each([
    "documentation is updated",
    "documentation improves",
    "latency < 20 ms",
    "version = 2",
    "x > 3",
    "the recall of faulty parts is explained",
    "document the accuracy section",
    "add 3 tests",
    "explain accuracy as #12 asks",
    "explain the drift of prices",
    "the accuracy is described under Results",
    "tested on Python >= 3.12",
    "income: explain the change",
    "explain why recall must not drop",
    "describe when AUC is lower than accuracy",
    "report the specificity",
    "the map is drawn in 3 colors",
    "the missing labels are explained",
    "documentation of the features improves",
    "data sheet has at least 3 sections",
    "approved by at least 2 people",
    "coverage >= 90 %",
    "response time must not increase",
    "memory does not grow",
    "array[0] > 3",
    "",
    "a".repeat(301),
    `${"a ".repeat(100)}>= 1`,
    "[".repeat(200),
    `${">= ".repeat(90)}`,
  ])("%s", (text) => {
    expect(parseCriterion(text)).toEqual({ kind: "task" });
  });
});
