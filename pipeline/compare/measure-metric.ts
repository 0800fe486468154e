import type { Metric, RowLoss } from "../metrics/metric.ts";
import { rowMean } from "../metrics/row-mean.ts";
import { formatCount } from "../words.ts";
import { analyticEvidence } from "./analytic-evidence.ts";
import { countDisagreements, countGroups, findCaution } from "./caution.ts";
import { type Evidence, type MeasureOptions, untested, type Values, withoutRounding } from "./evidence.ts";
import { lossDifferences } from "./loss-difference.ts";
import type { PairedSample } from "./paired-sample.ts";
import { possibleDifference } from "./possible-difference.ts";
import { resampledEvidence } from "./resampled-evidence.ts";
import { swapTest } from "./swap-test.ts";

/**
 * Fewer common rows than this are not compared: intervals of so few rows cover the truth too seldom, and only a difference in
 * about a third of the rows could be seen. A convention, not a border where something changes.
 */
export const minimumRows = 20;

/** Of fewer groups no test can tell two models apart at 5 %: swapping all of five has a probability of 2/2⁵. */
export const minimumGroups = 6;

/**
 * Measures every metric on both sides of the sample and how certain its difference is.
 *
 * | metric | interval | p |
 * |---|---|---|
 * | `pairedTest` is `delong`, two classes | DeLong | DeLong |
 * | `pairedTest` is `mcnemar` | Tango's score interval | exact McNemar |
 * | has a `rowLoss` | studentized bootstrap | the same |
 * | everything else | t standard errors of the paired bootstrap | the same |
 *
 * Rows of one group are not independent: with `sample.groups` whole groups are drawn, and metrics that have a formula
 * for independent rows are metrics like others. The paired bootstrap draws rows once for all metrics; a metric that has no value without
 * rows of every class gets its own draw, stratified by the actual class, when a class has fewer than eight rows.
 *
 * Where few rows, groups or disagreements decide, the interval may be too narrow whatever method makes it. Then `caution`
 * says so, and p is that of a paired permutation test, which holds however few decide.
 */
export function measureMetrics(sample: PairedSample, metrics: readonly Metric[], options: MeasureOptions): Evidence[] {
  const values = metrics.map((metric) => ({
    metric,
    base: metric.compute(sample.base),
    head: metric.compute(sample.head),
  }));
  const direct = values.map((value) => withoutTest(sample, value) ?? analyticEvidence(sample, value, options));
  const resampled = resampledEvidence(
    sample,
    values.filter((_, i) => direct[i] === null),
    options,
  );
  return values.map((value, i): Evidence => {
    const { evidence, influences } = resampled.get(value.metric.id) ?? { evidence: direct[i]!, influences: null };
    return ofGroups(
      sample,
      withCaution(sample, withinRange(withPossibleEnds(withoutRounding(evidence))), influences, options),
    );
  });
}

/** Squares of values beyond 10¹⁵⁰ are more than a double holds: then a side has a value, and nothing says how certain it is. */
function withinRange(evidence: Evidence): Evidence {
  const { difference, interval, p, standardError } = evidence;
  if ([difference, p, standardError, interval?.low, interval?.high].every(isFiniteOrNone)) return evidence;
  return {
    ...evidence,
    difference: isFiniteOrNone(difference) ? difference : null,
    ...untested,
    reason: "its values are too large to calculate with",
  };
}

/** A precision does not change by more than 1, however far standard errors reach. */
function withPossibleEnds(evidence: Evidence): Evidence {
  if (evidence.interval === null) return evidence;
  const { low, high, level } = evidence.interval;
  const most = possibleDifference(evidence.metric);
  return { ...evidence, interval: { low: Math.max(-most, low), high: Math.min(most, high), level } };
}

function isFiniteOrNone(value: number | null | undefined): boolean {
  return value === null || value === undefined || Number.isFinite(value);
}

/** A test of groups is named for them. */
function ofGroups({ groups }: PairedSample, evidence: Evidence): Evidence {
  return groups === undefined || evidence.test === "none"
    ? evidence
    : { ...evidence, test: `${evidence.test} of groups` };
}

/** What is known too badly for an interval is tested by swaps, unless it errs on the side of no change. */
function withCaution(
  sample: PairedSample,
  evidence: Evidence,
  influences: Float64Array | null,
  { seed }: MeasureOptions,
): Evidence {
  const { metric, difference, interval } = evidence;
  if (interval === null || difference === null) return evidence;
  const never = interval.low === 0 && interval.high === 0;
  if (never && (metric.needs === "probabilities" || countDisagreements(sample) === 0)) return evidence;
  // the root of an error of zero has no derivative, and its resamples are no guide to how far it varies
  const steep =
    influences === null && metric.rowLoss !== null && isSteep(metric.rowLoss, sample) ? metric.rowLoss : null;
  const caution = findCaution(metric, sample, steep ? lossInfluences(steep, sample) : influences);
  // none of the rows on which the models disagree counts for this metric
  if (never && caution?.kind === "few-disagreements") return evidence;
  if (caution?.kind === "biased" || (caution === null && steep === null)) return { ...evidence, caution };
  return { ...evidence, caution, test: "paired permutation", p: swapTest(metric, sample, difference, seed) };
}

/** Whether the metric has no derivative at the value of a side. */
function isSteep({ of, truth, gradient }: RowLoss, { base, head }: PairedSample): boolean {
  return [base, head].some((side) => {
    const means = [of(side), ...(truth?.(side) ?? [])].map((term) => rowMean(term)());
    return gradient(means).some((slope) => Math.abs(slope) === Number.POSITIVE_INFINITY);
  });
}

/** What each row, or group, contributes to the difference of the mean losses. */
function lossInfluences(rowLoss: RowLoss, sample: PairedSample): Float64Array {
  const losses = lossDifferences(rowLoss, sample);
  const mean = rowMean(losses)();
  const influences = new Float64Array(sample.groups === undefined ? sample.rows : countGroups(sample.groups));
  for (let row = 0; row < sample.rows; row++) influences[sample.groups?.[row] ?? row]! += losses[row]! - mean;
  return influences;
}

/** Evidence that needs no resampling: a side has no value, or the rows are too few for any test. */
function withoutTest(sample: PairedSample, { metric, base, head }: Values): Evidence | null {
  const valued = base.value !== null && head.value !== null;
  const lack = lackOf(sample);
  if (valued && lack === null) return null;
  const difference = valued ? head.value - base.value : null;
  return { metric, base, head, difference, ...untested, reason: valued ? lack : null };
}

function lackOf({ rows, groups }: PairedSample): string | null {
  if (rows < minimumRows)
    return `only ${rows === 1 ? "1 row" : `${formatCount(rows)} rows`}; a comparison needs ${formatCount(minimumRows)}`;
  const count = groups === undefined ? minimumGroups : countGroups(groups);
  if (count >= minimumGroups) return null;
  return `only ${count === 1 ? "1 group" : `${formatCount(count)} groups`} of rows; a comparison needs ${minimumGroups}`;
}
