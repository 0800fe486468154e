import type { Scored } from "./metric.ts";

/** A loss per row, and how a metric follows from its mean. */
export interface RowLoss {
  /** One loss per row; lower is better, whatever the metric's direction. */
  of(scored: Scored): Float64Array;
  /** Numbers per row of the actual values alone, the same for every model, whose means the value takes as well. */
  truth?(scored: Scored): Float64Array[];
  /** The metric from the mean loss, followed by the means of `truth`. */
  value(means: readonly number[]): number;
  /** Its derivative by each of these means. */
  gradient(means: readonly number[]): readonly number[];
  /** Whether the value is linear in the mean loss: the difference of two models is then one of their mean losses. */
  linear: boolean;
}

/** The metric is the mean loss itself. */
export function meanLoss(of: RowLoss["of"]): RowLoss {
  return { of, value: ([mean]) => mean!, gradient: () => [1], linear: true };
}

/** One number per row, from its actual value. */
export function perRow(actual: Scored["actual"], of: (value: number, row: number) => number): Float64Array {
  const values = new Float64Array(actual.length);
  for (let row = 0; row < values.length; row++) values[row] = of(actual[row]!, row);
  return values;
}

/** A cost of each row's error, actual − predicted. */
export function errorLoss(cost: (error: number, actual: number) => number): RowLoss["of"] {
  return ({ actual, predicted }) => perRow(actual, (value, row) => cost(value - predicted[row]!, value));
}

/** The squared error of each row. */
export const squaredError = errorLoss((error) => error * error);
