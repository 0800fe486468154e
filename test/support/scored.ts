import type { Scored } from "../../pipeline/metrics/metric.ts";

/** What a binary classifier said: the probability of the second class, which is the positive one. */
export function binaryScored(actual: readonly number[], probabilities: readonly number[]): Scored {
  return {
    task: "binary",
    actual: Int32Array.from(actual),
    predicted: Int32Array.from(probabilities, (probability) => (probability > 0.5 ? 1 : 0)),
    probabilities: Float64Array.from(probabilities.flatMap((probability) => [1 - probability, probability])),
    classes: 2,
    positive: 1,
  };
}

/** What a multi-class classifier said: one row of probabilities per row. */
export function multiclassScored(actual: readonly number[], probabilities: readonly (readonly number[])[]): Scored {
  return {
    task: "multiclass",
    actual: Int32Array.from(actual),
    predicted: Int32Array.from(probabilities, (row) => row.indexOf(Math.max(...row))),
    probabilities: Float64Array.from(probabilities.flat()),
    classes: probabilities[0]?.length ?? 3,
    positive: null,
  };
}

export function regressionScored(actual: readonly number[], predicted: readonly number[]): Scored {
  return {
    task: "regression",
    actual: Float64Array.from(actual),
    predicted: Float64Array.from(predicted),
    probabilities: new Float64Array(0),
    classes: 0,
    positive: null,
  };
}
