import { sortNumbers } from "./radix-sort.ts";

/** The present values of one numeric column on one side, ascending. Built once, shared by every numeric statistic. */
export interface NumericSample {
  /** finite values, ascending */
  readonly sorted: Float64Array;
  /** how many values were left out because they were NaN or infinite */
  readonly missing: number;
}

/**
 * Sorts the finite values of a column and counts the rest as missing.
 * Cost: O(n log n), about 30 ms for a million values. Empty or all-missing input gives an empty sample.
 *
 * @example numericSample([3, Number.NaN, 1]); // { sorted: [1, 3], missing: 1 }
 */
export function numericSample(values: ArrayLike<number>): NumericSample {
  const kept = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isFinite(value)) kept[count++] = value;
  }
  return { sorted: sortNumbers(kept.subarray(0, count)), missing: values.length - count };
}

/** True when the sample has at most one distinct value. */
export function isConstant({ sorted }: NumericSample): boolean {
  return sorted.length === 0 || sorted[0] === sorted[sorted.length - 1];
}
