import { defined, type Statistic, undefinedBecause } from "./statistic.ts";

/** Totals of a valid 2 × k table. */
export interface CountPair {
  readonly referenceTotal: number;
  readonly currentTotal: number;
}

/**
 * Checks two rows of counts over the same categories: equal length, every count 0 or from 1e-9 to 1e15 (fractions are
 * weighted rows; the bounds keep products of counts representable), and something on both sides. Cost: O(k).
 */
export function checkCounts(reference: ArrayLike<number>, current: ArrayLike<number>): Statistic<CountPair> {
  if (reference.length !== current.length) {
    return undefinedBecause(`the sides have ${reference.length} and ${current.length} categories`);
  }
  let referenceTotal = 0;
  let currentTotal = 0;
  for (let i = 0; i < reference.length; i++) {
    const left = reference[i]!;
    const right = current[i]!;
    if (!(isCount(left) && isCount(right))) return undefinedBecause(`a count is ${isCount(left) ? right : left}`);
    referenceTotal += left;
    currentTotal += right;
  }
  if (referenceTotal === 0) return undefinedBecause("the reference has no values");
  if (currentTotal === 0) return undefinedBecause("the current side has no values");
  return defined({ referenceTotal, currentTotal });
}

function isCount(value: number): boolean {
  return value === 0 || (value >= 1e-9 && value <= 1e15);
}
