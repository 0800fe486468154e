import type { Metric } from "../metrics/metric.ts";
import { type PairedBootstrap, pairedBootstraps, type WeightedStatistics } from "../stats/paired-bootstrap.ts";
import { createRandom } from "../stats/random.ts";
import type { Statistic } from "../stats/statistic.ts";
import { type SmoothStatistic, type Studentized, studentizedBootstrap } from "../stats/studentized-bootstrap.ts";
import { smallestClass } from "./caution.ts";
import { type Evidence, type MeasureOptions, roundingOf, type Values } from "./evidence.ts";
import { labelCells } from "./label-cells.ts";
import { smoothDifference } from "./loss-difference.ts";
import type { PairedSample } from "./paired-sample.ts";

/** A resample of all rows lacks a class of so many rows in one of 3,000; one of a rarer class is drawn class by class. */
const drawnAlone = 8;

/**
 * Only a standard error is taken from these draws, and 400 of them know it to 3.5 %, so many rows are drawn less often: about
 * this many rows in all.
 */
const drawnRows = 40_000_000;
const fewestResamples = 400;

/** Evidence by resampling, with what each row or group contributes where that is known. */
export interface ResampledEvidence {
  evidence: Evidence;
  influences: Float64Array | null;
}

/**
 * Evidence of metrics by resampling rows, or whole groups of them, by metric id: the studentized bootstrap for functions of
 * means, otherwise t standard errors of the paired bootstrap.
 */
export function resampledEvidence(
  sample: PairedSample,
  values: readonly Values[],
  options: MeasureOptions,
): Map<string, ResampledEvidence> {
  const smooth = studentizeAll(sample, values, options);
  const others = values.filter(({ metric }) => !smooth.has(metric.id));
  const drawn = bootstrapAll(sample, others, options);
  return new Map(
    values.map((value) => {
      const { id } = value.metric;
      const studentized = smooth.get(id);
      const evidence = studentized ? bySmooth(value, studentized) : byBootstrap(value, drawn.get(id));
      return [id, { evidence, influences: studentized?.influences ?? null }];
    }),
  );
}

/** The metrics that are functions of means, by id; without those that have no derivative at their value. */
function studentizeAll(
  sample: PairedSample,
  values: readonly Values[],
  { level, resamples, seed }: MeasureOptions,
): Map<string, Studentized> {
  const smooth = values.flatMap(({ metric }): [string, SmoothStatistic][] => {
    return metric.rowLoss === null ? [] : [[metric.id, smoothDifference(metric.rowLoss, sample)]];
  });
  const answers = studentizedBootstrap(
    { rows: sample.rows, clusters: sample.groups, rng: createRandom(`${seed} means`), resamples, level },
    smooth.map(([, difference]) => difference),
  );
  return new Map(smooth.flatMap(([id], i) => (answers[i]!.value === null ? [] : [[id, answers[i]!.value]])));
}

function bySmooth(values: Values, { low, high, level, pValue, standardError }: Studentized): Evidence {
  const difference = values.head.value! - values.base.value!;
  return {
    ...values,
    difference,
    interval: { low, high, level },
    test: "studentized bootstrap",
    p: pValue,
    standardError,
    caution: null,
    reason: null,
  };
}

function bootstrapAll(
  sample: PairedSample,
  values: readonly Values[],
  { level, resamples, seed }: MeasureOptions,
): Map<string, Statistic<PairedBootstrap>> {
  const strata =
    sample.head.task === "regression" || sample.groups !== undefined || smallestClass(sample) >= drawnAlone
      ? null
      : (sample.head.actual as Int32Array);
  const stratified = values.filter(({ metric }) => strata !== null && needsEveryClass(metric, sample));
  const plain = values.filter((value) => !stratified.includes(value));
  const answers = new Map<string, Statistic<PairedBootstrap>>();
  for (const [name, group] of Object.entries({ plain, stratified })) {
    if (group.length === 0) continue;
    const bootstraps = pairedBootstraps({
      n: sample.rows,
      rng: createRandom(`${seed} ${name}`),
      resamples: Math.min(resamples, Math.max(fewestResamples, Math.round(drawnRows / sample.rows))),
      strata: name === "stratified" && strata ? strata : undefined,
      clusters: sample.groups,
      level,
      method: "student",
      statistics: differencesOf(group, sample),
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

/** The difference of each metric, without what is only rounding. Those that need labels only are evaluated on their cells. */
export function differencesOf(values: readonly Values[], sample: PairedSample): WeightedStatistics {
  const fromLabels = sample.head.task !== "regression" && values.some(({ metric }) => metric.needs === "labels");
  const cells = fromLabels ? labelCells(sample) : null;
  const differences = values.map(({ metric, base, head }) => {
    const least = roundingOf(metric, base.value, head.value);
    const collapsed = metric.needs === "labels" ? cells : null;
    const before = metric.prepare((collapsed ?? sample).base);
    const after = metric.prepare((collapsed ?? sample).head);
    return (weights: Float64Array, cellWeights: Float64Array | null) => {
      const counted = (collapsed && cellWeights) ?? weights;
      const baseValue = before(counted).value;
      const headValue = after(counted).value;
      if (baseValue === null || headValue === null) return null;
      const difference = headValue - baseValue;
      return Math.abs(difference) < least ? 0 : difference;
    };
  });
  return (weights) => {
    const cellWeights = cells?.weigh(weights) ?? null;
    return differences.map((difference) => difference(weights, cellWeights));
  };
}

function byBootstrap(values: Values, bootstrap: Statistic<PairedBootstrap> | undefined): Evidence {
  const difference = values.head.value! - values.base.value!;
  const test = "paired bootstrap";
  if (bootstrap === undefined || bootstrap.value === null) {
    const reason = bootstrap?.reason ?? "it was not resampled";
    const none = { interval: null, p: null, standardError: null, caution: null };
    return { ...values, difference, ...none, test, reason: `no interval: ${reason}` };
  }
  const { low, high, level, pValue, standardError } = bootstrap.value;
  return {
    ...values,
    difference,
    interval: { low, high, level },
    test,
    p: pValue,
    standardError,
    caution: null,
    reason: null,
  };
}
