import { leastSquares } from "../models/linear-regression/least-squares.ts";
import type { NumericColumn } from "../table/table.ts";
import type { SplitSample } from "./predictive-power.ts";

/** One column of a linear fit: a feature's numbers, or their logarithms, by which products and ratios are sums. */
export interface Term {
  name: string;
  train: Float64Array;
  holdout: Float64Array;
}

/** A target of a linear fit, per row of both sides of the split. */
export interface LinearTarget {
  train: Float64Array;
  holdout: Float64Array;
}

/** Numbers, and logarithms where all known ones are above zero, in units of their spread; missing is the mean of training. */
export function termsOf(columns: readonly NumericColumn[], rows: SplitSample): Term[] {
  return columns.flatMap(({ name, values }) => {
    const take = (of: Int32Array, read: (value: number) => number) =>
      Float64Array.from(of, (row) => read(values[row]!));
    const plain = standardize(name, take(rows.train, Number), take(rows.holdout, Number));
    const positive = [rows.train, rows.holdout].every((side) => side.every((row) => !(values[row]! <= 0)));
    const logs = positive ? standardize(name, take(rows.train, Math.log), take(rows.holdout, Math.log)) : null;
    return [plain, logs].filter((term) => term !== null);
  });
}

/** Null for a constant. */
function standardize(name: string, train: Float64Array, holdout: Float64Array): Term | null {
  const known = train.filter((value) => Number.isFinite(value));
  const mean = known.reduce((sum, value) => sum + value / known.length, 0);
  const spread = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2 / known.length, 0));
  if (!(spread > 0 && spread < Number.POSITIVE_INFINITY)) return null;
  const scale = (values: Float64Array) => values.map((value) => (Number.isFinite(value) ? (value - mean) / spread : 0));
  return { name, train: scale(train), holdout: scale(holdout) };
}

/** Least squares of the target on the terms: weights in units of spread, and what it says of the hold-out. */
export function fitTerms(terms: readonly Term[], target: LinearTarget): { weights: number[]; predicted: Float64Array } {
  const rows = target.train.length;
  const values = new Float64Array(rows * terms.length);
  for (const [at, { train }] of terms.entries()) {
    for (let row = 0; row < rows; row++) values[row * terms.length + at] = train[row]!;
  }
  const features = { rows, columns: terms.length, values };
  const { weights, intercept } = leastSquares({ features, target: target.train, classes: 0, task: "regression" }, 0);
  const predicted = new Float64Array(target.holdout.length).fill(intercept);
  for (const [at, { holdout }] of terms.entries()) {
    for (let row = 0; row < predicted.length; row++) predicted[row]! += weights[at]! * holdout[row]!;
  }
  return { weights, predicted };
}
