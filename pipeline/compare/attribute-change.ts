import type { Metric, MetricValue, Scored } from "../metrics/metric.ts";
import { metricsFor } from "../metrics/registry.ts";
import type { Run } from "../run.ts";
import { pairedBootstraps } from "../stats/paired-bootstrap.ts";
import { createRandom } from "../stats/random.ts";
import { type ShapleySplit, shapleySplit, type TwoByTwo } from "../stats/shapley-split.ts";
import type { AttributedMetric, AttributedPart, Attribution } from "./comparison.ts";
import { minimumRows, rounding } from "./measure-metric.ts";
import { pairRows } from "./pair-rows.ts";
import { pairSample } from "./paired-sample.ts";

/** The four combinations of data and experiment, each trained and evaluated by the same yardstick. */
export interface CrossRuns {
  /** The base's data and experiment. */
  neither: Run;
  /** The head's data under the base's experiment. */
  data: Run;
  /** The head's experiment on the base's data. */
  experiment: Run;
  /** The head's data and experiment. */
  both: Run;
}

export interface AttributeOptions {
  /** Metrics to attribute; those that the task does not have are left out. */
  metrics: readonly string[];
  level: number;
  seed: number;
  /** Default 1,000: two parts of four evaluations each are resampled. */
  resamples?: number;
}

const cells = ["neither", "data", "experiment", "both"] as const;

/**
 * Splits the change of each metric between data and experiment by their Shapley values: the mean of what a change does
 * when made first and when made second. All four models are judged on the hold-out rows that they share, by the labels
 * of the head's data; intervals are percentile intervals of a bootstrap that draws the rows once for all four.
 *
 * Swapping base and head negates every part. Total: too few shared rows, other tasks or classes give a reason.
 */
export function attributeChange(runs: CrossRuns, options: AttributeOptions): Attribution {
  const keys = sharedKeys(runs);
  const obstacle = findObstacle(runs, keys.length);
  if (obstacle !== null) return { rows: keys.length, reason: obstacle, metrics: [] };
  const both = runs.both;
  const sides = cells.map((cell) => {
    const pairs = { base: positions(runs[cell], keys), head: positions(both, keys) };
    return pairSample(runs[cell], both, pairs, both.classes).sample.base;
  });
  const metrics = metricsFor(both.task).filter((metric) => options.metrics.includes(metric.id));
  return { rows: keys.length, reason: null, metrics: metrics.map((metric) => attributeMetric(metric, sides, options)) };
}

function attributeMetric(metric: Metric, sides: Scored[], options: AttributeOptions): AttributedMetric {
  const { id, title, direction } = metric;
  const values = sides.map((side) => metric.compute(side));
  const split = splitOf(values);
  if (split === null) {
    const reason = values.flatMap((value) => (value.value === null ? [value.reason] : []))[0] ?? "a value is missing";
    const none = { total: null, data: null, experiment: null, interaction: null };
    return { metric: id, title, direction, ...none, reason: `a combination has no value: ${reason}` };
  }
  const [data, experiment] = intervalsOf(metric, sides, options);
  return {
    metric: id,
    title,
    direction,
    total: clean(split.total),
    data: { difference: clean(split.first), interval: data ?? null },
    experiment: { difference: clean(split.second), interval: experiment ?? null },
    interaction: clean(split.interaction),
    reason: null,
  };
}

function intervalsOf(metric: Metric, sides: Scored[], options: AttributeOptions): AttributedPart["interval"][] {
  const { level, seed, resamples = 1000 } = options;
  const evaluate = sides.map(
    (side) => metric.prepare?.(side) ?? ((weights: Float64Array) => metric.compute(side, weights)),
  );
  const part = (which: "first" | "second") => (weights: Float64Array) =>
    splitOf(evaluate.map((one) => one(weights)))?.[which] ?? null;
  const actual = sides[3]!.actual;
  const rows = actual.length;
  // classes keep their sizes, so that metrics that need rows of each have a value in every resample
  const strata = actual instanceof Int32Array ? actual : undefined;
  return pairedBootstraps({
    n: rows,
    rng: createRandom(`${seed} attribution`),
    strata,
    level,
    resamples,
    method: "percentile",
    statistics: [part("first"), part("second")],
  }).map((bootstrap) =>
    bootstrap.value === null ? null : { low: clean(bootstrap.value.low), high: clean(bootstrap.value.high), level },
  );
}

function splitOf(values: MetricValue[]): ShapleySplit | null {
  const [neither, first, second, both] = values.map(({ value }) => value ?? Number.NaN) as [
    number,
    number,
    number,
    number,
  ];
  return shapleySplit({ neither, first, second, both } satisfies TwoByTwo).value;
}

function sharedKeys(runs: CrossRuns): string[] {
  const [first, ...others] = cells.map((cell) => runs[cell].holdout.keys);
  return others.reduce((shared, keys) => {
    const pairs = pairRows(shared, keys);
    return [...pairs.base].map((position) => shared[position]!);
  }, first!);
}

function positions({ holdout }: Run, keys: readonly string[]): Int32Array {
  return pairRows(holdout.keys, keys).base;
}

function findObstacle(runs: CrossRuns, rows: number): string | null {
  const { both } = runs;
  for (const cell of cells) {
    const run = runs[cell];
    if (run.task !== both.task || run.target !== both.target) return "the task or the target differs between the sides";
    if (run.classes.some((name) => !both.classes.includes(name))) return "the values of the target differ";
  }
  return rows < minimumRows ? `only ${rows} hold-out rows are shared; ${minimumRows} are needed` : null;
}

function clean(value: number): number {
  return Math.abs(value) < rounding ? 0 : value;
}
