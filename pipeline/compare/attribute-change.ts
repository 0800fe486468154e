import type { Match } from "../match/match.ts";
import { pairHoldouts } from "../match/pair-holdouts.ts";
import type { Metric, MetricValue, Scored } from "../metrics/metric.ts";
import { metricsFor } from "../metrics/registry.ts";
import type { Run } from "../run.ts";
import { pairedBootstraps, type WeightedStatistics } from "../stats/paired-bootstrap.ts";
import { createRandom } from "../stats/random.ts";
import { type ShapleySplit, shapleySplit, type TwoByTwo } from "../stats/shapley-split.ts";
import type { Column } from "../table/table.ts";
import { formatCount } from "../words.ts";
import { countGroups } from "./caution.ts";
import type { AttributedMetric, AttributedPart, Attribution } from "./comparison.ts";
import { roundingOf } from "./evidence.ts";
import { minimumGroups, minimumRows } from "./measure-metric.ts";
import { pairSample, withGroups } from "./paired-sample.ts";

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
  /** A column of the head's table, to see groups by which the rows are split. */
  headColumn?: (name: string) => Column | null;
}

const cells = ["neither", "data", "experiment", "both"] as const;

/**
 * Splits the change of each metric between data and experiment by their Shapley values: the mean of what a change does
 * when made first and when made second. All four models are judged on the hold-out rows that they share, by the labels
 * of the head's data; intervals are percentile intervals of a bootstrap that draws the rows once for all four.
 *
 * Swapping base and head negates every part. Total: too few shared rows, other tasks or classes give a reason.
 */
export function attributeChange(runs: CrossRuns, match: Pick<Match, "rows">, options: AttributeOptions): Attribution {
  const { rows, positions } = sharedRows(runs, match);
  const obstacle = findObstacle(runs, rows);
  if (obstacle !== null) return { rows, reason: obstacle, metrics: [] };
  const both = runs.both;
  const samples = cells.map((cell) => {
    const pairs = { base: positions[cell], head: positions.both };
    return pairSample(runs[cell], both, pairs, both.classes);
  });
  const sides = samples.map(({ base }) => base);
  const { groups } = withGroups(samples[3]!, both.experiment, options.headColumn ?? (() => null));
  const measured = metricsFor(both.task)
    .filter((metric) => options.metrics.includes(metric.id))
    .map((metric) => measure(metric, sides));
  const intervals = intervalsOf(measured, sides, groups, options);
  return { rows, reason: null, metrics: measured.map((one) => attributeMetric(one, intervals)) };
}

/** One metric under the four combinations. */
interface Measured {
  metric: Metric;
  values: MetricValue[];
  /** Null when a combination has no value. */
  split: ShapleySplit | null;
  /** Less than this is rounding. */
  least: number;
}

function measure(metric: Metric, sides: Scored[]): Measured {
  const values = sides.map((side) => metric.compute(side));
  return { metric, values, split: splitOf(values), least: roundingOf(metric, ...values.map(({ value }) => value)) };
}

function attributeMetric({ metric, values, split, least }: Measured, intervals: Intervals): AttributedMetric {
  const { id, title, direction } = metric;
  if (split === null) {
    const reason = values.flatMap((value) => (value.value === null ? [value.reason] : []))[0] ?? "a value is missing";
    const none = { total: null, data: null, experiment: null, interaction: null };
    return { metric: id, title, direction, ...none, reason: `a combination has no value: ${reason}` };
  }
  const { data = null, experiment = null } = intervals.get(metric) ?? {};
  return {
    metric: id,
    title,
    direction,
    total: clean(split.total, least),
    data: { difference: clean(split.first, least), interval: data },
    experiment: { difference: clean(split.second, least), interval: experiment },
    interaction: clean(split.interaction, least),
    reason: null,
  };
}

type Interval = AttributedPart["interval"];

/** The intervals of both parts. */
type Intervals = ReadonlyMap<Metric, { data: Interval; experiment: Interval }>;

/** Draws the rows once for all metrics. */
function intervalsOf(
  measured: Measured[],
  sides: Scored[],
  groups: Int32Array | undefined,
  options: AttributeOptions,
): Intervals {
  const { level, seed, resamples = 1000 } = options;
  if (groups !== undefined && countGroups(groups) < minimumGroups) return new Map();
  const valued = measured.filter(({ split }) => split !== null);
  const actual = sides[3]!.actual;
  const bootstraps = pairedBootstraps({
    n: actual.length,
    rng: createRandom(`${seed} attribution`),
    clusters: groups,
    // classes keep their sizes, so that metrics that need rows of each have a value in every resample
    strata: actual instanceof Int32Array ? actual : undefined,
    level,
    resamples,
    method: "percentile",
    statistics: partsOf(valued, sides),
  });
  return new Map(
    valued.map(({ metric, least }, i) => {
      const [data, experiment] = bootstraps.slice(2 * i, 2 * i + 2).map(({ value }) => {
        return value && { low: clean(value.low, least), high: clean(value.high, least), level };
      });
      return [metric, { data: data ?? null, experiment: experiment ?? null }];
    }),
  );
}

/** Both parts of every metric, one metric after the other. */
function partsOf(measured: Measured[], sides: Scored[]): WeightedStatistics {
  const evaluations = measured.map(({ metric }) => sides.map((side) => metric.prepare(side)));
  return (weights) =>
    evaluations.flatMap((evaluate) => {
      const split = splitOf(evaluate.map((one) => one(weights)));
      return [split?.first ?? null, split?.second ?? null];
    });
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

/** Where each hold-out has the rows that all four share, in the order of the base's. */
function sharedRows(
  { neither, data, experiment, both }: CrossRuns,
  { rows }: Pick<Match, "rows">,
): { rows: number; positions: Record<keyof CrossRuns, Int32Array> } {
  const paired = pairHoldouts(rows, neither.holdout.rows, both.holdout.rows);
  const inData = new Map(data.holdout.rows.map((row, at) => [row, at]));
  const inExperiment = new Map(experiment.holdout.rows.map((row, at) => [row, at]));
  const shared = [...paired.base.keys()].filter(
    (at) =>
      inData.has(both.holdout.rows[paired.head[at]!]!) && inExperiment.has(neither.holdout.rows[paired.base[at]!]!),
  );
  const take = (position: (at: number) => number) => Int32Array.from(shared, position);
  return {
    rows: shared.length,
    positions: {
      neither: take((at) => paired.base[at]!),
      both: take((at) => paired.head[at]!),
      data: take((at) => inData.get(both.holdout.rows[paired.head[at]!]!)!),
      experiment: take((at) => inExperiment.get(neither.holdout.rows[paired.base[at]!]!)!),
    },
  };
}

function findObstacle(runs: CrossRuns, rows: number): string | null {
  const { both } = runs;
  for (const cell of cells) {
    const run = runs[cell];
    if (run.task !== both.task || run.target !== both.target) return "the task or the target differs between the sides";
    if (run.classes.some((name) => !both.classes.includes(name))) return "the values of the target differ";
  }
  return rows < minimumRows
    ? `only ${rows === 1 ? "1 hold-out row is" : `${formatCount(rows)} hold-out rows are`} shared; ${formatCount(minimumRows)} are needed`
    : null;
}

function clean(value: number, least: number): number {
  return Math.abs(value) < least ? 0 : value;
}
