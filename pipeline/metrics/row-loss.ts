import type { RowLoss, Scored } from "./metric.ts";

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
