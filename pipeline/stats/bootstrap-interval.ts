import { countAtMost, countBelow } from "./count-below.ts";
import { normalCdf, normalQuantile } from "./normal-distribution.ts";
import { quantile } from "./quantile.ts";

export type BootstrapMethod = "percentile" | "bca";

export interface BootstrapBounds {
  readonly low: number;
  readonly high: number;
  /** two-sided, by inverting the interval: the level at which it just reaches 0; never below 2 / (resamples + 1) */
  readonly pValue: number;
  readonly method: BootstrapMethod;
}

/**
 * Interval and p-value from bootstrap replicates.
 *
 * `percentile` takes quantiles of the replicates. `bca` (Efron 1987) moves those quantiles for the bias, read off the
 * share of replicates below the estimate, and for the skewness (`acceleration`, from a jackknife). BCa falls back to
 * percentile, and says so, when the estimate lies outside all replicates or the correction leaves its range.
 * Cost: O(1) on sorted replicates for percentile, O(log B) for bca. Needs at least one replicate.
 *
 * @param sorted finite replicates, ascending
 * @example
 * bootstrapBounds(Float64Array.of(-1, 0, 1, 2, 3), 1, { level: 0.5, method: 'percentile', acceleration: 0 });
 * // { low: 0, high: 2, pValue: 0.8, method: 'percentile' }
 */
export function bootstrapBounds(
  sorted: Float64Array,
  estimate: number,
  { level, method, acceleration }: { level: number; method: BootstrapMethod; acceleration: number },
): BootstrapBounds {
  const alpha = (1 - level) / 2;
  if (method === "bca") {
    const below = shareBelow(sorted, estimate) / 2 + shareAtMost(sorted, estimate) / 2;
    const bias = normalQuantile(below);
    const low = adjusted(normalQuantile(alpha), bias, acceleration);
    const high = adjusted(normalQuantile(1 - alpha), bias, acceleration);
    const atMost = originalTail(shareAtMost(sorted, 0), bias, acceleration);
    const under = originalTail(shareBelow(sorted, 0), bias, acceleration);
    if (low !== null && high !== null && atMost !== null && under !== null) {
      return {
        low: quantile(sorted, low),
        high: quantile(sorted, high),
        pValue: twoSided(atMost, 1 - under, sorted.length),
        method,
      };
    }
  }
  return {
    low: quantile(sorted, alpha),
    high: quantile(sorted, 1 - alpha),
    pValue: twoSided(shareAtMost(sorted, 0), 1 - shareBelow(sorted, 0), sorted.length),
    method: "percentile",
  };
}

/** The share of replicates at which BCa reads the quantile z; null where its correction has left its range. */
function adjusted(z: number, bias: number, acceleration: number): number | null {
  const moved = bias + z;
  const stretch = 1 - acceleration * moved;
  return Number.isFinite(moved) && stretch > 0 ? normalCdf(bias + moved / stretch) : null;
}

/** The inverse of {@link adjusted}: the nominal tail whose BCa quantile is this share of replicates. */
function originalTail(share: number, bias: number, acceleration: number): number | null {
  if (!Number.isFinite(bias)) return null;
  if (share === 0 || share === 1) return share;
  const moved = normalQuantile(share) - bias;
  const stretch = 1 + acceleration * moved;
  return stretch > 0 ? normalCdf(moved / stretch - bias) : moved > 0 ? 1 : 0;
}

function twoSided(lowerTail: number, upperTail: number, resamples: number): number {
  return Math.min(1, Math.max(2 * Math.min(lowerTail, upperTail), 2 / (resamples + 1)));
}

function shareBelow(sorted: Float64Array, value: number): number {
  return countBelow(sorted, value) / sorted.length;
}

function shareAtMost(sorted: Float64Array, value: number): number {
  return countAtMost(sorted, value) / sorted.length;
}
