import { countBelow } from "./count-below.ts";
import { quantile } from "./quantile.ts";
import type { Random } from "./random.ts";
import { createResampler } from "./resample.ts";
import { defined, levelProblem, type Statistic, undefinedBecause } from "./statistic.ts";
import { studentReach, studentTwoSided } from "./student-distribution.ts";

/** A smooth function of the means of some numbers per row, for instance of squared errors: their root. */
export interface SmoothStatistic {
  /** One array per mean, each with one number per row. */
  readonly terms: readonly Float64Array[];
  value(means: readonly number[]): number;
  /** The derivative by each mean. */
  gradient(means: readonly number[]): readonly number[];
}

export interface StudentizedOptions {
  readonly rows: number;
  /** The cluster of each row, from 0: rows of one cluster are drawn together. Absent: every row by itself. */
  readonly clusters?: Int32Array | undefined;
  readonly rng: Random;
  /** default 2,000 */
  readonly resamples?: number;
  /** default 0.95 */
  readonly level?: number;
}

export interface Studentized {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  readonly level: number;
  /** two-sided, by the same distribution as the interval */
  readonly pValue: number;
  readonly standardError: number;
  /** what was drawn: rows, or clusters */
  readonly units: number;
  /** per unit: its part of the difference between sample and truth, to first order; they sum to about 0 */
  readonly influences: Float64Array;
}

/** Beyond so many units the t distribution and the bootstrapped one agree to a percent, and nothing is drawn. */
export const enoughUnits = 10_000;

/** A sum of squares that is so small a share of what it was taken from is rounding: there is no spread. */
const roundingShare = 1e-12;

/**
 * Symmetric studentized bootstrap (Efron 1979; Hall 1988): the interval reaches as many standard errors to either side as
 * a resample's statistic lies from the sample's, in standard errors of the resample, in `level` of the resamples. The
 * standard error is the delta method's (Σ of squared influences), with clusters that of sums over clusters. A resample
 * that lacks the rows that decide has a small standard error of its own, so the interval widens where few rows decide.
 *
 * Resamples are shared by the statistics. Where more than 1 − level of them have no spread, and beyond 10,000 units, the
 * reach is that of Student's distribution with units − 1 degrees of freedom.
 *
 * Cost: resamples · (5 ns · units + k (k + 3) / 2 passes over the units) for k terms. Undefined with fewer than two
 * units, for a level outside (0, 1), or where the statistic has no finite value or derivative.
 *
 * @example
 * const mean = { terms: [Float64Array.of(1, 2, 3, 10)], value: ([m]) => m, gradient: () => [1] };
 * studentizedBootstrap({ rows: 4, rng: createRandom(1) }, [mean])[0].value.standardError; // 2.0412414523193148
 */
export function studentizedBootstrap(
  { rows, clusters, rng, resamples = 2000, level = 0.95 }: StudentizedOptions,
  statistics: readonly SmoothStatistic[],
): Statistic<Studentized>[] {
  const units = clusters === undefined ? rows : clusters.reduce((most, cluster) => Math.max(most, cluster + 1), 0);
  const problem = levelProblem(level) ?? (units >= 2 ? null : "needs at least two independent rows");
  if (problem !== null) return statistics.map(() => undefinedBecause(problem));
  const sampleOf = (statistic: SmoothStatistic) => prepare(statistic, rows, units, clusters);
  const certain = 2 / (resamples + 1);
  // one after the other, because each takes memory for its products
  if (units > enoughUnits) {
    return statistics.map((one) => answer(sampleOf(one), new Float64Array(0), { units, level, certain }));
  }
  const samples = statistics.map(sampleOf);
  const distances = drawDistances(samples, units, resamples, rng);
  return samples.map((sample, k) => answer(sample, distances[k]!, { units, level, certain }));
}

/** How far each resample of each sample lies from it, in the resample's standard errors, ascending. */
function drawDistances(samples: readonly Sample[], units: number, resamples: number, rng: Random): Float64Array[] {
  const whole = samples.map((sample) => sample.at(null).value);
  const distances = samples.map(() => new Float64Array(resamples));
  const resample = createResampler(units);
  const weights = new Float64Array(units);
  for (let round = 0; round < resamples; round++) {
    resample(rng, weights);
    for (let k = 0; k < samples.length; k++) {
      const { value, error } = samples[k]!.at(weights);
      const distance = Math.abs(value - whole[k]!);
      distances[k]![round] = error > 0 ? distance / error : distance === 0 ? 0 : Number.POSITIVE_INFINITY;
    }
  }
  return distances.map((ofOne) => ofOne.map(asDistance).sort());
}

interface Calibration {
  units: number;
  level: number;
  /** The p-value of a difference that never varies. */
  certain: number;
}

function answer(sample: Sample, sorted: Float64Array, calibration: Calibration): Statistic<Studentized> {
  const { value: estimate, error } = sample.at(null);
  if (!Number.isFinite(estimate) || !Number.isFinite(error)) {
    return undefinedBecause("the statistic has no finite value or derivative");
  }
  const { reach, pValue } = calibrate(sorted, estimate, error, calibration);
  const [low, high] = [estimate - reach * error, estimate + reach * error];
  const { units, level } = calibration;
  const influences = sample.influences();
  return defined({ estimate, low, high, level, pValue, standardError: error, units, influences });
}

/** A resample without a value is as far away as can be. */
function asDistance(distance: number): number {
  return Number.isNaN(distance) ? Number.POSITIVE_INFINITY : distance;
}

function calibrate(sorted: Float64Array, estimate: number, error: number, { units, level, certain }: Calibration) {
  const student = studentReach(level, units - 1);
  const drawn = sorted.length > 0 ? quantile(sorted, level) : Number.POSITIVE_INFINITY;
  const reach = Number.isFinite(drawn) ? drawn : student;
  if (error === 0) return { reach, pValue: estimate === 0 ? 1 : certain };
  const observed = Math.abs(estimate) / error;
  // below what the resamples resolve, Student's tail stretched by as much as the interval is
  const tail = studentTwoSided((observed * student) / reach, units - 1);
  if (!Number.isFinite(drawn)) return { reach, pValue: tail };
  const share = (sorted.length - countBelow(sorted, observed) + 1) / (sorted.length + 1);
  return { reach, pValue: share > 2 / (sorted.length + 1) ? share : Math.min(share, tail) };
}

interface Sample {
  /** The statistic and its standard error; null: every unit once. */
  at(weights: Float64Array | null): { value: number; error: number };
  influences(): Float64Array;
}

/** Sums per unit of the centered terms and of the rows, and of the products of any two of them. */
function prepare(
  { terms, value, gradient }: SmoothStatistic,
  rows: number,
  units: number,
  clusters: Int32Array | undefined,
): Sample {
  const k = terms.length;
  const centers = terms.map((term) => term.reduce((sum, one) => sum + one, 0) / rows);
  const sums = terms.map((term, at) => sumsOf(units, clusters, rows, (row) => term[row]! - centers[at]!));
  const sizes = clusters === undefined ? null : sumsOf(units, clusters, rows, () => 1);
  const columns = sizes === null ? sums : [...sums, sizes];
  const products = columns.flatMap((left, i) => columns.slice(i).map((right) => left.map((one, u) => one * right[u]!)));
  const at = (weights: Float64Array | null) => {
    const first = columns.map((column) => dot(column, weights));
    const second = products.map((column) => dot(column, weights));
    const drawn = sizes === null ? rows : first[k]!;
    const shifts = terms.map((_, i) => first[i]! / drawn);
    const means = shifts.map((shift, i) => centers[i]! + shift);
    const slopes = gradient(means);
    const drift = slopes.reduce((sum, slope, i) => sum + slope * shifts[i]!, 0);
    // Σ w (slopes · sums − drift · size)² as a quadratic form; of single rows the size is 1
    const form = sizes === null ? slopes : [...slopes, -drift];
    let squares = sizes === null ? -drift * drift * rows : 0;
    let size = Math.abs(squares);
    let place = 0;
    for (let i = 0; i < form.length; i++) {
      for (let j = i; j < form.length; j++) {
        const part = (i === j ? 1 : 2) * form[i]! * form[j]! * second[place++]!;
        squares += part;
        size += Math.abs(part);
      }
    }
    const variance = squares < roundingShare * size ? 0 : (units / (units - 1)) * (squares / (drawn * drawn));
    return { value: value(means), error: Math.sqrt(variance) };
  };
  const influences = () => {
    const slopes = gradient(centers);
    return Float64Array.from({ length: units }, (_, u) => sums.reduce((sum, one, i) => sum + slopes[i]! * one[u]!, 0));
  };
  return { at, influences };
}

function sumsOf(
  units: number,
  clusters: Int32Array | undefined,
  rows: number,
  of: (row: number) => number,
): Float64Array {
  const sums = new Float64Array(units);
  for (let row = 0; row < rows; row++) sums[clusters === undefined ? row : clusters[row]!]! += of(row);
  return sums;
}

function dot(column: Float64Array, weights: Float64Array | null): number {
  let sum = 0;
  if (weights === null) for (let i = 0; i < column.length; i++) sum += column[i]!;
  else for (let i = 0; i < column.length; i++) sum += column[i]! * weights[i]!;
  return sum;
}
