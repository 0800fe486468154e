import { defined, type Statistic, undefinedBecause } from "./statistic.ts";

/** A metric under the four combinations of two changes: "neither", each alone, both. */
export interface TwoByTwo {
  readonly neither: number;
  readonly first: number;
  readonly second: number;
  readonly both: number;
}

export interface ShapleySplit {
  /** contributions of the two changes; they add up to `total` */
  readonly first: number;
  readonly second: number;
  /** both − neither */
  readonly total: number;
  /** what the changes do together beyond the sum of each alone; half of it is in each contribution */
  readonly interaction: number;
}

/**
 * Splits a difference between two causes by their Shapley values: the mean of a change's effect when made first and when
 * made second (Shapley 1953). Cost: constant. Undefined when a cell is not finite.
 *
 * @example shapleySplit({ neither: 0.9, first: 0.899, second: 0.88, both: 0.87 }).value;
 * // { first: -0.0055, second: -0.0245, total: -0.03, interaction: -0.009 }
 */
export function shapleySplit({ neither, first, second, both }: TwoByTwo): Statistic<ShapleySplit> {
  const split = {
    first: (first - neither + (both - second)) / 2,
    second: (second - neither + (both - first)) / 2,
    total: both - neither,
    interaction: both - first - second + neither,
  };
  return Object.values(split).every(Number.isFinite)
    ? defined(split)
    : undefinedBecause("a cell of the 2 × 2 is not a finite number");
}
