import { checkCounts } from "./count-pair.ts";
import { defined, type Statistic } from "./statistic.ts";

/** Shares below this count as this, so that an empty bin gives a large finite index. */
const SMALLEST_SHARE = 1e-4;

/**
 * Population stability index over the counts of both sides in the same bins or categories:
 * Σ (q − p) ln(q / p), the symmetrized Kullback–Leibler divergence, with shares floored at 10⁻⁴ (not renormalized).
 *
 * Numeric columns are counted by {@link quantileBins} first, whose `blind` says when the index is 0 by construction.
 * Folklore: below 0.1 nothing, 0.1 to 0.2 moderate, above large. One bin gives 0. Cost: O(k).
 * Undefined when a side is empty or a count is negative, infinite or missing.
 *
 * @example populationStabilityIndex([50, 50], [80, 20]); // { value: 0.4158883083359672 }
 */
export function populationStabilityIndex(reference: ArrayLike<number>, current: ArrayLike<number>): Statistic {
  const checked = checkCounts(reference, current);
  if (checked.value === null) return checked;
  const { referenceTotal, currentTotal } = checked.value;
  let sum = 0;
  for (let i = 0; i < reference.length; i++) {
    const p = Math.max(SMALLEST_SHARE, reference[i]! / referenceTotal);
    const q = Math.max(SMALLEST_SHARE, current[i]! / currentTotal);
    sum += (q - p) * Math.log(q / p);
  }
  return defined(sum);
}
