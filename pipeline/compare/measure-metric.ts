import type { Metric, MetricValue, Scored } from "../metrics/metric.ts";
import { deLong } from "../stats/delong.ts";
import { mcNemar } from "../stats/mcnemar.ts";
import { normalTwoSided } from "../stats/normal-distribution.ts";
import { type PairedBootstrap, pairedBootstraps, type WeightedStatistic } from "../stats/paired-bootstrap.ts";
import { createRandom } from "../stats/random.ts";
import type { Statistic } from "../stats/statistic.ts";
import { type LabelCells, labelCells } from "./label-cells.ts";
import type { PairedSample } from "./paired-sample.ts";

/** What the rows say about one metric, before any rule judges it. */
export interface Evidence {
  metric: Metric;
  base: MetricValue;
  head: MetricValue;
  /** head − base; null when a side has no value. */
  difference: number | null;
  interval: { low: number; high: number; level: number } | null;
  /** The test that gave `p`. */
  test: string;
  p: number | null;
  standardError: number | null;
  /** Why there is no interval although both sides have a value. */
  reason: string | null;
}

export interface MeasureOptions {
  level: number;
  resamples: number;
  seed: number;
}

/**
 * Fewer common rows than this are not compared: intervals of so few rows cover the truth too seldom, and only a difference in
 * about a third of the rows could be seen. A convention, not a border where something changes.
 */
export const minimumRows = 20;

/** A difference smaller than this is rounding of the two values, not a difference. */
export const rounding = 1e-12;

/**
 * Measures every metric on both sides of the sample and how certain its difference is.
 *
 * | metric | interval | p |
 * |---|---|---|
 * | ROC AUC, binary | DeLong | DeLong |
 * | accuracy | paired bootstrap | exact McNemar |
 * | everything else | paired bootstrap | paired bootstrap |
 *
 * The bootstrap draws rows once for all metrics; a metric that has no value without rows of every class gets its own
 * draw, stratified by the actual class. Its interval is the percentile one: in simulations of paired differences of
 * bounded metrics it covers the truth in 89 to 95 % of the samples of 60 rows and 93 to 95 % of those of 200, more often
 * than the bias-corrected one; for heavy-tailed losses it covers the truth less often. The calibration error is biased upward on few rows, on both sides and more so where it is small, which
 * draws its difference toward zero: its verdict errs on the side of no change.
 *
 * When no resample crosses zero, the share of resamples cannot resolve p below 2 / (resamples + 1), and the normal tail
 * at the bootstrap's standard error is taken if it is smaller.
 */
export function measureMetrics(sample: PairedSample, metrics: readonly Metric[], options: MeasureOptions): Evidence[] {
  const values = metrics.map((metric) => ({
    metric,
    base: metric.compute(sample.base),
    head: metric.compute(sample.head),
  }));
  const direct = values.map((value) => withoutTest(sample, value) ?? byDeLong(sample, value, options));
  const open = values.filter((_, i) => direct[i] === null);
  const drawn = bootstrapAll(sample, open, options);
  return values.map((value, i) => direct[i] ?? byBootstrap(sample, value, drawn.get(value.metric.id)));
}

type Values = Pick<Evidence, "metric" | "base" | "head">;

/** Evidence that needs no resampling: a side has no value, or the rows are too few for any test. */
function withoutTest(sample: PairedSample, { metric, base, head }: Values): Evidence | null {
  const valued = base.value !== null && head.value !== null;
  if (valued && sample.rows >= minimumRows) return null;
  const difference = valued ? withoutRounding(head.value - base.value) : null;
  const reason = valued
    ? `only ${sample.rows === 1 ? "1 row" : `${sample.rows} rows`}; a comparison needs ${minimumRows}`
    : null;
  return { metric, base, head, difference, interval: null, test: "none", p: null, standardError: null, reason };
}

function byDeLong({ base, head }: PairedSample, values: Values, { level }: MeasureOptions): Evidence | null {
  if (values.metric.id !== "roc_auc" || base.task !== "binary" || base.positive === null) return null;
  const positive = base.positive;
  const isPositive = Uint8Array.from(base.actual, (actual) => (actual === positive ? 1 : 0));
  const test = deLong(isPositive, scores(base, positive), scores(head, positive), { level }).value;
  if (test === null) return null;
  const { low, high } = test.interval;
  return {
    ...values,
    difference: withoutRounding(test.difference),
    interval: { low: withoutRounding(low), high: withoutRounding(high), level },
    test: "DeLong",
    p: test.pValue,
    standardError: test.standardError,
    reason: null,
  };
}

function scores({ probabilities, classes, actual }: Scored, positive: number): Float64Array {
  return Float64Array.from(actual, (_, row) => probabilities[row * classes + positive]!);
}

function bootstrapAll(
  sample: PairedSample,
  values: readonly Values[],
  { level, resamples, seed }: MeasureOptions,
): Map<string, Statistic<PairedBootstrap>> {
  const strata = sample.head.task === "regression" ? null : (sample.head.actual as Int32Array);
  const stratified = values.filter(({ metric }) => strata !== null && needsEveryClass(metric, sample));
  const plain = values.filter((value) => !stratified.includes(value));
  const cells = strata === null ? null : labelCells(sample);
  const answers = new Map<string, Statistic<PairedBootstrap>>();
  for (const [name, group] of Object.entries({ plain, stratified })) {
    if (group.length === 0) continue;
    const bootstraps = pairedBootstraps({
      n: sample.rows,
      rng: createRandom(`${seed} ${name}`),
      resamples,
      strata: name === "stratified" && strata ? strata : undefined,
      level,
      method: "percentile",
      statistics: group.map(({ metric }) => differenceOf(metric, sample, cells)),
    });
    for (const [i, { metric }] of group.entries()) answers.set(metric.id, bootstraps[i]!);
  }
  return answers;
}

/** True when leaving out the rows of some class leaves the metric without a value. */
function needsEveryClass(metric: Metric, { head }: PairedSample): boolean {
  const present = new Set(head.actual);
  return [...present].some((which) => {
    const others = Float64Array.from(head.actual, (actual) => (actual === which ? 0 : 1));
    return metric.compute(head, others).value === null;
  });
}

function differenceOf(metric: Metric, sample: PairedSample, cells: LabelCells | null): WeightedStatistic {
  const collapsed = metric.needs === "labels" ? cells : null;
  const before = evaluator(metric, (collapsed ?? sample).base);
  const after = evaluator(metric, (collapsed ?? sample).head);
  return (weights) => {
    const counted = collapsed ? collapsed.weigh(weights) : weights;
    const baseValue = before(counted).value;
    const headValue = after(counted).value;
    return baseValue === null || headValue === null ? null : withoutRounding(headValue - baseValue);
  };
}

function evaluator(metric: Metric, scored: Scored): (weights: Float64Array) => MetricValue {
  return metric.prepare ? metric.prepare(scored) : (weights) => metric.compute(scored, weights);
}

function byBootstrap(
  sample: PairedSample,
  values: Values,
  bootstrap: Statistic<PairedBootstrap> | undefined,
): Evidence {
  const difference = withoutRounding(values.head.value! - values.base.value!);
  const exact = values.metric.id === "accuracy" ? mcNemar(...discordant(sample)).value : null;
  const test = exact ? "exact McNemar" : "paired bootstrap";
  if (bootstrap === undefined || bootstrap.value === null) {
    const reason = bootstrap?.reason ?? "it was not resampled";
    const none = { interval: null, p: exact?.pValue ?? null, standardError: null };
    return { ...values, difference, ...none, test, reason: `no interval: ${reason}` };
  }
  const { low, high, level, pValue, standardError } = bootstrap.value;
  return {
    ...values,
    difference,
    interval: { low: withoutRounding(low), high: withoutRounding(high), level },
    test,
    p: exact ? exact.pValue : difference === 0 && standardError === 0 ? 1 : tail(pValue, difference, bootstrap.value),
    standardError,
    reason: null,
  };
}

function tail(p: number, difference: number, { standardError, resamples }: PairedBootstrap): number {
  const floor = 2 / (resamples + 1);
  return p > floor || standardError === 0 ? p : Math.min(p, normalTwoSided(difference / standardError));
}

/** Rows that only the base gets right, and rows that only the head gets right. */
function discordant({ base, head }: PairedSample): [number, number] {
  let onlyBase = 0;
  let onlyHead = 0;
  for (let row = 0; row < base.actual.length; row++) {
    const baseRight = base.predicted[row] === base.actual[row];
    const headRight = head.predicted[row] === head.actual[row];
    if (baseRight && !headRight) onlyBase++;
    if (headRight && !baseRight) onlyHead++;
  }
  return [onlyBase, onlyHead];
}

function withoutRounding(value: number): number {
  return Math.abs(value) < rounding ? 0 : value;
}
