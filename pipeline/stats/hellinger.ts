import { checkCounts } from "./count-pair.ts";
import { defined, type Statistic } from "./statistic.ts";

/**
 * Hellinger distance in [0, 1]: √(½ Σ (√p − √q)²). Symmetric; disjoint sides give 1, equal shares give 0. Cost: O(k).
 * Undefined when a side is empty or a count is negative, infinite or missing.
 *
 * @example hellingerDistance([50, 50], [80, 20]); // { value: 0.2265… }
 */
export function hellingerDistance(reference: ArrayLike<number>, current: ArrayLike<number>): Statistic {
  const checked = checkCounts(reference, current);
  if (checked.value === null) return checked;
  const { referenceTotal, currentTotal } = checked.value;
  let sum = 0;
  for (let i = 0; i < reference.length; i++) {
    sum += (Math.sqrt(reference[i]! / referenceTotal) - Math.sqrt(current[i]! / currentTotal)) ** 2;
  }
  return defined(Math.sqrt(Math.min(1, sum / 2)));
}
