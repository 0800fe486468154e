import { defined, type Statistic, undefinedBecause } from "./statistic.ts";

/** Totals of a valid 2 × k table. */
export interface CountPair {
  readonly referenceTotal: number;
  readonly currentTotal: number;
}

/**
 * Checks two rows of counts over the same categories: equal length, finite, not negative, something on both sides.
 * Counts may be fractional (weighted rows). Cost: O(k).
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
    if (!(left >= 0 && right >= 0 && left + right < Number.POSITIVE_INFINITY)) {
      return undefinedBecause("a count is negative or not finite");
    }
    referenceTotal += left;
    currentTotal += right;
  }
  if (referenceTotal === 0) return undefinedBecause("the reference has no values");
  if (currentTotal === 0) return undefinedBecause("the current side has no values");
  return defined({ referenceTotal, currentTotal });
}
