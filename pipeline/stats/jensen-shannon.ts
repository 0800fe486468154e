import { checkCounts } from "./count-pair.ts";
import { defined, type Statistic } from "./statistic.ts";

/**
 * Jensen–Shannon distance, base 2, in [0, 1]: the square root of the mean Kullback–Leibler divergence of both sides
 * from their average (Endres and Schindelin 2003; `scipy.spatial.distance.jensenshannon(p, q, base=2)`).
 *
 * Symmetric, needs no floor for empty categories; disjoint sides give 1. Numeric columns are counted by
 * {@link quantileBins} first, whose `blind` says when the distance is 0 by construction. Cost: O(k).
 * Undefined when a side is empty or a count is negative, infinite or missing.
 *
 * @example jensenShannonDistance([50, 50], [80, 20]); // { value: 0.2703775285259665 }
 */
export function jensenShannonDistance(reference: ArrayLike<number>, current: ArrayLike<number>): Statistic {
  const checked = checkCounts(reference, current);
  if (checked.value === null) return checked;
  const { referenceTotal, currentTotal } = checked.value;
  let divergence = 0;
  for (let i = 0; i < reference.length; i++) {
    const p = reference[i]! / referenceTotal;
    const q = current[i]! / currentTotal;
    const middle = (p + q) / 2;
    if (p > 0) divergence += (p * Math.log2(p / middle)) / 2;
    if (q > 0) divergence += (q * Math.log2(q / middle)) / 2;
  }
  return defined(Math.sqrt(Math.min(1, Math.max(0, divergence))));
}
