import { ascendingOrder } from "./radix-sort.ts";
import { defined, type Statistic, undefinedBecause } from "./statistic.ts";

/** Rows sorted once by their score, best first, so that a metric over ranks costs O(n) per weight vector. */
export interface RankedScores {
  /** row indices by descending score; tied rows stay in row order */
  readonly order: Int32Array;
  /** 1 where the row at this rank is positive, otherwise 0 */
  readonly positive: Float64Array;
  /** 1 where the next rank has a different score (always 1 at the end), otherwise 0 */
  readonly closes: Uint8Array;
}

/**
 * Ranks rows by score. A row is positive when its entry in `positives` is not 0.
 * Cost: O(n), about 1 ms for 20,000 rows. Undefined without rows, when lengths differ, or when a score is NaN; infinite
 * scores are ordinary ranks.
 *
 * @example rankScores([0.1, 0.9, 0.1], [1, 0, 0]).value; // { order: [1, 0, 2], positive: [0, 1, 0], closes: [1, 0, 1] }
 */
export function rankScores(scores: ArrayLike<number>, positives: ArrayLike<number>): Statistic<RankedScores> {
  const n = scores.length;
  if (n !== positives.length) return undefinedBecause(`there are ${n} scores and ${positives.length} labels`);
  if (n === 0) return undefinedBecause("there are no rows");
  const keys = new Float64Array(n);
  for (let row = 0; row < n; row++) {
    // negated, so that the best comes first and tied rows stay in row order; minus zero and zero are a tie
    const key = 0 - scores[row]!;
    if (Number.isNaN(key)) return undefinedBecause("a score is not a number");
    keys[row] = key;
  }
  const order = ascendingOrder(keys);
  const positive = new Float64Array(n);
  const closes = new Uint8Array(n);
  for (let rank = 0; rank < n; rank++) {
    positive[rank] = positives[order[rank]!] ? 1 : 0;
    closes[rank] = rank === n - 1 || keys[order[rank]!] !== keys[order[rank + 1]!] ? 1 : 0;
  }
  return defined({ order, positive, closes });
}

/** A measure of at most 1; undefined when products of the weights left the range of numbers. */
export function atMostOne(value: number): Statistic {
  return Number.isFinite(value)
    ? defined(Math.min(1, value))
    : undefinedBecause("the weights are too large or too small");
}
