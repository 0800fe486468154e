import { checkCounts } from "./count-pair.ts";
import { defined, type Statistic } from "./statistic.ts";

/**
 * Total variation distance in [0, 1]: ½ Σ |p − q|, the share of rows that would have to change category.
 * Symmetric; disjoint sides give 1. Cost: O(k). Undefined when a side is empty or a count is negative, infinite or missing.
 *
 * @example totalVariation([50, 50], [80, 20]); // { value: 0.30000000000000004 }
 */
export function totalVariation(reference: ArrayLike<number>, current: ArrayLike<number>): Statistic {
  const checked = checkCounts(reference, current);
  if (checked.value === null) return checked;
  const { referenceTotal, currentTotal } = checked.value;
  let sum = 0;
  for (let i = 0; i < reference.length; i++) {
    sum += Math.abs(reference[i]! / referenceTotal - current[i]! / currentTotal);
  }
  return defined(Math.min(1, sum / 2));
}
