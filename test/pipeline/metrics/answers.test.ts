import { describe, expect, it } from "vitest";
import { decide, evaluate, toScored } from "../../../pipeline/evaluate.ts";
import { confusionMatrix } from "../../../pipeline/metrics/confusion-matrix.ts";
import { metrics, metricsFor } from "../../../pipeline/metrics/registry.ts";
import { binaryScored, multiclassScored, regressionScored } from "../../support/scored.ts";

const noPositives = binaryScored([0, 0, 0, 0], [0.9, 0.2, 0.3, 0.1]);
const nothingPredicted = binaryScored([1, 0, 1, 0], [0.4, 0.2, 0.3, 0.1]);

describe("metrics on awkward rows", () => {
  it.each([
    ["precision", nothingPredicted, { value: 0 }],
    ["recall", nothingPredicted, { value: 0 }],
    ["f1", nothingPredicted, { value: 0 }],
    ["roc_auc", nothingPredicted, { value: 1 }],
    ["precision", noPositives, { value: null, reason: "no row belongs to the positive class" }],
    ["recall", noPositives, { value: null, reason: "no row belongs to the positive class" }],
    ["f1", noPositives, { value: null, reason: "no row belongs to the positive class" }],
    ["roc_auc", noPositives, { value: null, reason: "no row belongs to the class that is ranked" }],
    ["average_precision", noPositives, { value: null, reason: "no row belongs to the class that is ranked" }],
    [
      "roc_auc",
      binaryScored([1, 1], [0.1, 0.9]),
      { value: null, reason: "every row belongs to the class that is ranked" },
    ],
    ["accuracy", noPositives, { value: 0.75 }],
    ["balanced_accuracy", noPositives, { value: 0.75 }],
    ["recall_macro", noPositives, { value: 0.375 }],
    ["matthews_corrcoef", noPositives, { value: 0 }],
    ["accuracy", binaryScored([], []), { value: null, reason: "there are no rows" }],
    ["recall", { ...noPositives, positive: null }, { value: null, reason: "no class is declared positive" }],
    ["log_loss", binaryScored([1], [0]), { value: 52 * Math.LN2 }],
    ["log_loss", binaryScored([1], [Number.NaN]), { value: null, reason: "a prediction is not a finite number" }],
    [
      "roc_auc",
      multiclassScored(
        [0, 1],
        [
          [0.6, 0.2, 0.2],
          [0.1, 0.8, 0.1],
        ],
      ),
      { value: null, reason: "for class 3 of 3, no row belongs to the class that is ranked" },
    ],
    ["r2", regressionScored([2, 2], [1, 3]), { value: null, reason: "the actual values are all the same" }],
    ["r2", regressionScored([2], [1]), { value: null, reason: "the actual values are all the same" }],
    [
      "mean_absolute_percentage_error",
      regressionScored([0, 4, 0], [1, 3, 1]),
      { value: null, reason: "the actual value is zero in 2 rows" },
    ],
    ["median_absolute_error", regressionScored([1, 2, 3, 4], [1, 3, 5, 14]), { value: 1.5 }],
    [
      "root_mean_squared_error",
      regressionScored([1e300], [-1e300]),
      { value: null, reason: "the result is not a finite number" },
    ],
  ] as const)("%s of %o", (id, scored, expected) => {
    expect(metrics.get(id)!.compute(scored)).toEqual(expected);
  });
});

describe("confusion matrix", () => {
  it("has actual classes as rows and predicted ones as columns", () => {
    expect(confusionMatrix(binaryScored([0, 0, 0, 1, 1], [0.1, 0.9, 0.2, 0.8, 0.4]))).toEqual([
      [2, 1],
      [1, 1],
    ]);
  });

  it("does not exist for regression", () => {
    expect(confusionMatrix(regressionScored([1], [1]))).toBeNull();
  });
});

describe("decisions", () => {
  it("takes the most probable class, the first of equals", () => {
    expect([...decide("binary", Float64Array.of(0.5, 0.5, 0.49, 0.51), 2)]).toEqual([0, 1]);
    expect([...decide("multiclass", Float64Array.of(0.2, 0.4, 0.4), 3)]).toEqual([1]);
  });

  it("evaluates with every metric of the task", () => {
    const set = { task: "binary" as const, target: Int32Array.of(0, 1, 1, 0), classes: 2 };
    const evaluation = evaluate(toScored(set, Float64Array.of(0.75, 0.25, 0.25, 0.75, 0.75, 0.25, 0.75, 0.25), 1));
    expect(evaluation.confusion).toEqual([
      [2, 0],
      [1, 1],
    ]);
    expect(evaluation.metrics).toMatchObject({
      accuracy: { value: 0.75 },
      precision: { value: 1 },
      recall: { value: 0.5 },
      roc_auc: { value: 0.75 },
      brier_score: { value: (3 * 0.0625 + 0.5625) / 4 },
    });
    expect(Object.keys(evaluation.metrics)).toEqual(metricsFor("binary").map(({ id }) => id));
  });
});
