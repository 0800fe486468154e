import { sampleStandardDeviation } from "simple-statistics";
import { isConstant, type NumericSample } from "./numeric-sample.ts";
import { defined, type Statistic, undefinedBecause } from "./statistic.ts";

/**
 * Wasserstein-1 (earth mover's) distance in the unit of the column: ∫ |F − G|, the mean distance each value moves.
 * Equals `scipy.stats.wasserstein_distance`. Symmetric. Cost: O(n1 + n2) on sorted samples. Undefined when a side is empty.
 *
 * @example wassersteinDistance(numericSample([0, 1]), numericSample([5, 6, 7])); // { value: 5.5 }
 */
export function wassersteinDistance(reference: NumericSample, current: NumericSample): Statistic {
  const left = reference.sorted;
  const right = current.sorted;
  if (left.length === 0) return undefinedBecause("the reference has no values");
  if (right.length === 0) return undefinedBecause("the current side has no values");
  let i = 0;
  let j = 0;
  let previous = Math.min(left[0]!, right[0]!);
  let area = 0;
  while (i < left.length || j < right.length) {
    const value = Math.min(left[i] ?? Number.POSITIVE_INFINITY, right[j] ?? Number.POSITIVE_INFINITY);
    area += (value - previous) * Math.abs(i / left.length - j / right.length);
    previous = value;
    while (i < left.length && left[i] === value) i++;
    while (j < right.length && right[j] === value) j++;
  }
  return Number.isFinite(area) ? defined(area) : undefinedBecause("the distance exceeds the largest double");
}

/**
 * Wasserstein-1 distance in standard deviations of the reference (n − 1 in the denominator).
 * Undefined for a constant reference, decided by min = max: rounding gives such a column a deviation of about 1e-17,
 * which once made a distance of 4·10¹⁵; use the Kolmogorov–Smirnov test there.
 *
 * @example normalizedWasserstein(numericSample([0, 2]), numericSample([1, 3])); // { value: 0.7071067811865475 }
 */
export function normalizedWasserstein(reference: NumericSample, current: NumericSample): Statistic {
  const distance = wassersteinDistance(reference, current);
  if (distance.value === null) return distance;
  if (isConstant(reference)) return undefinedBecause("the reference is constant, so it has no spread to measure by");
  const deviation = sampleStandardDeviation(Array.from(reference.sorted));
  const scaled = distance.value / deviation;
  return Number.isFinite(scaled)
    ? defined(scaled)
    : undefinedBecause("the spread of the reference is not representable");
}
