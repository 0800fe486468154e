import { midranks } from "./midranks.ts";
import { normalQuantile, normalTwoSided } from "./normal-distribution.ts";
import { defined, levelProblem, type Statistic, undefinedBecause } from "./statistic.ts";

export interface DeLong {
  readonly baseArea: number;
  readonly headArea: number;
  readonly baseVariance: number;
  readonly headVariance: number;
  readonly covariance: number;
  /** head − base */
  readonly difference: number;
  readonly standardError: number;
  readonly z: number;
  /** two-sided */
  readonly pValue: number;
  readonly interval: { readonly low: number; readonly high: number; readonly level: number };
}

/**
 * DeLong's test of two correlated ROC areas: two scores of the same rows (DeLong, DeLong and Clarke-Pearson 1988), by
 * the midrank algorithm of Sun and Xu (2014). Cost: O(n log n), about 25 ms for 20,000 rows.
 *
 * Scores that rank the rows alike have difference 0, standard error 0, z 0 and p 1. Undefined with fewer than two
 * rows of either class, a NaN score, lengths that differ, or areas that differ without any variance (both orders
 * perfect, reversed or constant), where a normal approximation says nothing.
 *
 * @param positives not 0 marks a positive row
 * @example
 * deLong([1, 0, 1, 0, 1, 0], [0.9, 0.2, 0.6, 0.7, 0.8, 0.1], [0.9, 0.2, 0.8, 0.7, 0.6, 0.1]).value.pValue; // 1
 */
export function deLong(
  positives: ArrayLike<number>,
  base: ArrayLike<number>,
  head: ArrayLike<number>,
  { level = 0.95 }: { readonly level?: number } = {},
): Statistic<DeLong> {
  const problem = levelProblem(level) ?? inputProblem(positives, base, head);
  if (problem !== null) return undefinedBecause(problem);
  const baseParts = placements(positives, base);
  const headParts = placements(positives, head);
  const baseVariance = covariance(baseParts, baseParts);
  const headVariance = covariance(headParts, headParts);
  const shared = covariance(baseParts, headParts);
  const difference = headParts.area - baseParts.area;
  const variance = baseVariance + headVariance - 2 * shared;
  // rounding leaves about 1e-18 of variance where there is none
  const certain = variance <= 1e-14 * (baseVariance + headVariance);
  if (certain && Math.abs(difference) > 1e-12) {
    return undefinedBecause("the areas differ but their difference has no variance");
  }
  const standardError = certain ? 0 : Math.sqrt(variance);
  const z = certain ? 0 : difference / standardError;
  const reach = standardError * normalQuantile((1 + level) / 2);
  return defined({
    baseArea: baseParts.area,
    headArea: headParts.area,
    baseVariance,
    headVariance,
    covariance: shared,
    difference,
    standardError,
    z,
    pValue: normalTwoSided(z),
    interval: { low: difference - reach, high: difference + reach, level },
  });
}

interface Placements {
  readonly area: number;
  /** per positive row: the share of negatives below it; per negative row: the share of positives above it */
  readonly ofPositives: Float64Array;
  readonly ofNegatives: Float64Array;
}

function placements(positives: ArrayLike<number>, scores: ArrayLike<number>): Placements {
  const above: number[] = [];
  const below: number[] = [];
  for (let i = 0; i < scores.length; i++) (positives[i] ? above : below).push(scores[i]!);
  const all = midranks(above.concat(below));
  const amongPositives = midranks(above);
  const amongNegatives = midranks(below);
  const m = above.length;
  const n = below.length;
  const ofPositives = Float64Array.from(above, (_, i) => (all[i]! - amongPositives[i]!) / n);
  const ofNegatives = Float64Array.from(below, (_, j) => 1 - (all[m + j]! - amongNegatives[j]!) / m);
  return { area: average(ofPositives), ofPositives, ofNegatives };
}

function covariance(left: Placements, right: Placements): number {
  return (
    sampleCovariance(left.ofPositives, right.ofPositives) / left.ofPositives.length +
    sampleCovariance(left.ofNegatives, right.ofNegatives) / left.ofNegatives.length
  );
}

function sampleCovariance(left: Float64Array, right: Float64Array): number {
  const leftMean = average(left);
  const rightMean = average(right);
  const products = left.map((value, i) => (value - leftMean) * (right[i]! - rightMean));
  return products.reduce((sum, product) => sum + product, 0) / (left.length - 1);
}

function average(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function inputProblem(positives: ArrayLike<number>, base: ArrayLike<number>, head: ArrayLike<number>): string | null {
  const n = positives.length;
  if (base.length !== n || head.length !== n) {
    return `there are ${n} labels, ${base.length} base scores and ${head.length} head scores`;
  }
  let count = 0;
  for (let i = 0; i < n; i++) {
    if (Number.isNaN(base[i]) || Number.isNaN(head[i])) return "a score is not a number";
    if (positives[i]) count++;
  }
  return count >= 2 && n - count >= 2 ? null : "needs at least two positive and two negative rows";
}
