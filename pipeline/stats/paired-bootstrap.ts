import { type BootstrapBounds, type BootstrapMethod, bootstrapBounds } from "./bootstrap-interval.ts";
import { acceleration } from "./jackknife.ts";
import type { Random } from "./random.ts";
import { createClusterResampler, createResampler } from "./resample.ts";
import { defined, levelProblem, type Statistic, undefinedBecause } from "./statistic.ts";
import { studentReach, studentTwoSided } from "./student-distribution.ts";

/** A statistic of the rows, for instance head metric − base metric, for one weight per row; null when undefined. */
export type WeightedStatistic = (weights: Float64Array) => number | null;

/** Several such statistics, evaluated together; always as many. */
export type WeightedStatistics = (weights: Float64Array) => readonly (number | null)[];

export interface ResamplingOptions {
  /** rows that both sides share */
  readonly n: number;
  readonly rng: Random;
  /** default 2,000 */
  readonly resamples?: number | undefined;
  /** one label per row; every stratum keeps its size */
  readonly strata?: ArrayLike<number> | undefined;
  /** the cluster of each row, from 0: rows of one cluster are drawn together, and there are no strata */
  readonly clusters?: Int32Array | undefined;
  /** default 0.95 */
  readonly level?: number | undefined;
  /** default bca; `student` reaches t standard errors to either side of the estimate */
  readonly method?: BootstrapMethod | "student" | undefined;
}

export interface PairedBootstrap extends Omit<BootstrapBounds, "method"> {
  readonly method: BootstrapMethod | "student";
  /** the statistic with every row once */
  readonly estimate: number;
  readonly level: number;
  /** standard deviation of the replicates; for `student` times √(units / (units − 1)), which the mean of few rows lacks */
  readonly standardError: number;
  readonly resamples: number;
  /** resamples in which the statistic was undefined, for instance because a class was not drawn; they are left out */
  readonly undefinedResamples: number;
}

/** With more undefined resamples than this share the interval would describe only the lucky ones. */
const MOST_UNDEFINED = 0.2;

/**
 * Paired bootstrap of one statistic (Efron and Tibshirani 1993): rows are drawn with replacement, both models are judged
 * on the same draw, and the spread of the statistic over the draws gives the interval, the standard error and a
 * two-sided p-value. Rows, or clusters of them, are assumed exchangeable and independent.
 *
 * `student` takes only the standard error from the draws: the difference of two models is about symmetric whatever each of
 * them is, and then t standard errors cover the truth more often than quantiles of few, discrete draws.
 *
 * Cost: resamples · (5 ns · n + one evaluation), plus at most 200 evaluations for BCa.
 * Undefined with fewer than two rows, when the statistic is undefined on all rows or in more than a fifth of the
 * resamples, or for a level outside (0, 1). A statistic that never varies gives an interval of width 0.
 *
 * @example
 * const difference = [0, 1, 1, 0, 1, -1, 1, 0, 1, 1]; // head right − base right
 * const statistic = (weights) => difference.reduce((sum, gain, i) => sum + gain * weights[i], 0) / 10;
 * pairedBootstrap({ n: 10, rng: createRandom(1), statistic }).value.high; // 0.8
 */
export function pairedBootstrap({
  statistic,
  ...options
}: ResamplingOptions & { readonly statistic: WeightedStatistic }): Statistic<PairedBootstrap> {
  return pairedBootstraps({ ...options, statistics: (weights) => [statistic(weights)] })[0]!;
}

/**
 * Several statistics on the same resamples, so that each resample is drawn once and what they share is evaluated once;
 * answers in their order.
 */
export function pairedBootstraps({
  n,
  rng,
  statistics,
  resamples = 2000,
  strata,
  clusters,
  level = 0.95,
  method = "bca",
}: ResamplingOptions & { readonly statistics: WeightedStatistics }): Statistic<PairedBootstrap>[] {
  if (!(Number.isInteger(resamples) && resamples > 0)) {
    throw new RangeError(`the number of resamples is a positive integer, not ${resamples}`);
  }
  const units = clusters === undefined ? n : clusters.reduce((most, cluster) => Math.max(most, cluster + 1), 0);
  const problem =
    levelProblem(level) ?? (units >= 2 ? null : `needs at least two ${clusters === undefined ? "rows" : "clusters"}`);
  const weights = new Float64Array(n);
  const estimates = statistics(weights.fill(1));
  if (problem !== null) return estimates.map(() => undefinedBecause(problem));
  const resample = clusters === undefined ? createResampler(n, strata) : createClusterResampler(clusters);
  const replicates = estimates.map(() => new Float64Array(resamples));
  const counts = new Int32Array(estimates.length);
  for (let round = 0; round < resamples; round++) {
    resample(rng, weights);
    const values = statistics(weights);
    for (let k = 0; k < values.length; k++) {
      const value = values[k]!;
      if (value !== null && Number.isFinite(value)) replicates[k]![counts[k]!++] = value;
    }
  }
  return estimates.map((estimate, k): Statistic<PairedBootstrap> => {
    if (estimate === null || !Number.isFinite(estimate))
      return undefinedBecause("the statistic is undefined on all rows");
    const sorted = replicates[k]!.subarray(0, counts[k]).sort();
    const undefinedResamples = resamples - sorted.length;
    if (undefinedResamples > MOST_UNDEFINED * resamples) {
      return undefinedBecause(`the statistic is undefined in ${undefinedResamples} of ${resamples} resamples`);
    }
    if (method === "student") {
      const standardError = deviation(sorted) * Math.sqrt(units / (units - 1));
      const bounds = byStudent(estimate, standardError, units - 1, level, resamples);
      return defined({ ...bounds, estimate, level, standardError, resamples, undefinedResamples });
    }
    const skewness = method === "bca" ? acceleration(n, (weights) => statistics(weights)[k]!, strata) : 0;
    const bounds = bootstrapBounds(sorted, estimate, { level, method, acceleration: skewness });
    return defined({ ...bounds, estimate, level, standardError: deviation(sorted), resamples, undefinedResamples });
  });
}

function byStudent(estimate: number, standardError: number, freedom: number, level: number, resamples: number) {
  const reach = studentReach(level, freedom) * standardError;
  const certain = estimate === 0 ? 1 : 2 / (resamples + 1);
  const pValue = standardError === 0 ? certain : studentTwoSided(estimate / standardError, freedom);
  return { low: estimate - reach, high: estimate + reach, pValue, method: "student" as const };
}

function deviation(values: Float64Array): number {
  if (values[0] === values[values.length - 1]) return 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}
