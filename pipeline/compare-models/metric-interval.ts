import type { Metric, Scored } from "../metrics/metric.ts";
import { pairedBootstrap } from "../stats/paired-bootstrap.ts";
import { createRandom } from "../stats/random.ts";

export interface IntervalOptions {
  level: number;
  resamples: number;
  seed: number;
  /** The group of each row, when rows of one group are not independent. */
  groups?: Int32Array | undefined;
}

/**
 * Bootstrap interval of one model's metric over the rows it was judged on (BCa, else percentile; see
 * `pairedBootstrap`). Rows are drawn within each class, because a draw without a class has no ROC AUC; rows in groups are
 * drawn by group (percentile). It says how far another sample of rows would move the value; it says nothing about another
 * training set.
 *
 * @returns null when the metric has no value, or no interval
 */
export function metricInterval(
  metric: Metric,
  scored: Scored,
  { level, resamples, seed, groups }: IntervalOptions,
): { low: number; high: number; level: number } | null {
  const evaluate = metric.prepare(scored);
  const { value } = pairedBootstrap({
    n: scored.actual.length,
    rng: createRandom(`${seed} interval`),
    statistic: (weights) => evaluate(weights).value,
    ...(groups === undefined ? {} : { clusters: groups, method: "percentile" as const }),
    strata: scored.task === "regression" ? undefined : scored.actual,
    level,
    resamples,
  });
  return value === null ? null : { low: value.low, high: value.high, level };
}
