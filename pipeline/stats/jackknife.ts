import { groupRows } from "./resample.ts";

/** More groups cost one evaluation each and change the acceleration by less than 0.41 / groups. */
const MOST_GROUPS = 200;

/**
 * The acceleration of the BCa interval: a sixth of the skewness of a statistic's influence values,
 * Σ u³ / (6 (Σ u²)^1.5), from a jackknife that leaves out one row at a time up to 200 rows, and beyond that one of 200
 * groups of rows (every 200th row of each stratum; sums of influences have the same sums of squares and cubes).
 *
 * Cost: at most 200 evaluations. 0 when the statistic does not vary or is undefined in all but one group.
 *
 * @param statistic of one weight per row; null when undefined
 * @example
 * const values = [1, 2, 3, 10];
 * const sum = (weights) => values.reduce((total, value, i) => total + value * weights[i], 0);
 * acceleration(4, (weights) => sum(weights) / weights.reduce((total, weight) => total + weight)); // 0.0848528137423857
 */
export function acceleration(
  n: number,
  statistic: (weights: Float64Array) => number | null,
  strata?: ArrayLike<number>,
): number {
  const rows = strata === undefined ? null : [...groupRows(n, strata).values()].flat();
  const groups = Math.min(n, MOST_GROUPS);
  const weights = new Float64Array(n);
  const values: number[] = [];
  for (let group = 0; group < groups; group++) {
    weights.fill(1);
    for (let place = group; place < n; place += groups) weights[rows?.[place] ?? place] = 0;
    const value = statistic(weights);
    if (value !== null && Number.isFinite(value)) values.push(value);
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (mean - value) ** 2, 0);
  const cubes = values.reduce((sum, value) => sum + (mean - value) ** 3, 0);
  return squares > 0 ? cubes / (6 * squares ** 1.5) : 0;
}
