import { countBelow } from "./count-below.ts";
import type { NumericSample } from "./numeric-sample.ts";
import { quantile } from "./quantile.ts";
import { defined, type Statistic, undefinedBecause } from "./statistic.ts";

/** Both sides counted into the same bins, which are cut at quantiles of the reference. */
export interface QuantileBins {
  /** inner edges, ascending; bin i covers [edges[i−1], edges[i]), the outer bins are unbounded */
  readonly edges: readonly number[];
  readonly reference: Float64Array;
  readonly current: Float64Array;
  /** why these bins cannot see any change, or null; then the binned statistics are 0 whatever the current side is */
  readonly blind: string | null;
}

/**
 * Cuts both samples at the quantiles of the reference (type 7), duplicates removed, outer edges unbounded.
 *
 * A reference that is constant, or has its values outside one quantile range (mostly zeros, a rare 1), leaves one bin:
 * everything falls into it and PSI and Jensen–Shannon are 0 by construction. `blind` says so; use the
 * Kolmogorov–Smirnov test there. Cost: O(bins · log n) on sorted samples. Undefined when a side is empty.
 *
 * @example
 * quantileBins(numericSample([1, 2, 3, 4]), numericSample([2, 9]), 2).value;
 * // { edges: [2.5], reference: [2, 2], current: [1, 1], blind: null }
 */
export function quantileBins(reference: NumericSample, current: NumericSample, bins = 10): Statistic<QuantileBins> {
  if (!(Number.isInteger(bins) && bins > 0))
    throw new RangeError(`the number of bins is a positive integer, not ${bins}`);
  if (reference.sorted.length === 0) return undefinedBecause("the reference has no values");
  if (current.sorted.length === 0) return undefinedBecause("the current side has no values");
  // i * (1 / bins), not i / bins: the last bit of numpy's linspace decides on which side of an edge tied values fall
  const all = Array.from({ length: bins + 1 }, (_, i) => quantile(reference.sorted, i === bins ? 1 : i * (1 / bins)));
  const edges = [...new Set(all)].slice(1, -1);
  return defined({
    edges,
    reference: countBetween(reference.sorted, edges),
    current: countBetween(current.sorted, edges),
    blind: edges.length > 0 ? null : blindness(reference.sorted),
  });
}

function blindness(sorted: Float64Array): string {
  return sorted[0] === sorted[sorted.length - 1]
    ? "the reference is constant, so there is only one bin"
    : "almost all reference values are equal, so there is only one bin";
}

function countBetween(sorted: Float64Array, edges: readonly number[]): Float64Array {
  const counts = new Float64Array(edges.length + 1);
  let from = 0;
  for (const [bin, edge] of [...edges, Number.POSITIVE_INFINITY].entries()) {
    const to = countBelow(sorted, edge);
    counts[bin] = to - from;
    from = to;
  }
  return counts;
}
