import type { Match } from "../match/match.ts";
import { pairHoldouts } from "../match/pair-holdouts.ts";
import type { RowPairs } from "../match/row-pairs.ts";
import { metricsFor, metrics as registry } from "../metrics/registry.ts";
import { prepareReliabilityCurve } from "../metrics/reliability-curve.ts";
import type { Run } from "../run.ts";
import { measureSlices, type SliceOptions } from "./compare-slices.ts";
import type { Comparison, MetricComparison } from "./comparison.ts";
import { describeRelabeling } from "./describe-relabeling.ts";
import { discoverSlices } from "./discover-slices.ts";
import { explainComparison } from "./explain-comparison.ts";
import { holdoutDigest } from "./holdout-digest.ts";
import { judgeMetrics } from "./judge-metrics.ts";
import { findLostRows } from "./lost-rows.ts";
import { measureMetrics } from "./measure-metric.ts";
import { commonClasses, findObstacles, relabelingObstacle } from "./obstacles.ts";
import { type PairedSample, pairSample, withGroups } from "./paired-sample.ts";
import type { Yardstick } from "./yardstick.ts";

/** Which rows of both tables are the same. */
export type RowMatch = Pick<Match, "rows" | "repeatedKey" | "relabelled" | "repeats">;

export interface CompareOptions extends Omit<SliceOptions, "resamples" | "gated"> {
  /** The gated metrics by id. Metrics that are not named are compared and shown. */
  metrics: Record<string, { tolerance: number }>;
  /** What `commonYardstick` decided; its reasons become the comparison's. Default: the same. */
  yardstick?: Yardstick;
  /** Default 2,000. */
  resamples?: number;
  /** Columns in which slices that got worse are searched; none: no search. */
  discover?: readonly string[];
  /** How far apart refits are that differ in nothing but their seed, by metric id; see `seedNoise`. */
  seedNoise?: Record<string, number>;
}

/**
 * Compares the head's run with the base's on the hold-out rows that both have.
 *
 * Every metric of the task gets a verdict by the rule of `decideVerdict`, over all rows and per slice. The gated metrics
 * over all rows are one family of the Holm correction and those of the slices another: naming one more slice in a policy
 * must not make a regression over all rows pass.
 *
 * Swapping the sides negates every difference and mirrors every interval; the order of rows in the files changes nothing.
 * Never throws for what a pull request contains: what cannot be compared is answered with `incomparable` and reasons.
 */
export function compareRuns(base: Run, head: Run, match: RowMatch, options: CompareOptions): Comparison {
  const yardstick = options.yardstick ?? { state: "same" };
  const inBoth = (rows: RowPairs) => pairHoldouts(rows, base.holdout.rows, head.holdout.rows);
  const pairs = inBoth(match.rows);
  const common = pairs.base.length;
  // rows of a key that repeats have names that say so, whatever they hold
  const unpaired = match.repeatedKey ? Math.max(0, countNames(base.holdout.keys, head.holdout.keys) - common) : 0;
  const holdout = {
    base: base.holdout.keys.length,
    head: head.holdout.keys.length,
    common,
    digest: holdoutDigest(base.holdout.keys),
  };
  const refuse = (reasons: string[]): Comparison => {
    const metrics = separately(base, head, reasons.join(" "), options);
    return { status: "incomparable", reasons, holdout, level: options.level, metrics, slices: [] };
  };
  const relabeling = describeRelabeling(base, head, pairs);
  const key = base.experiment.key === head.experiment.key ? head.experiment.key : null;
  const obstacles = findObstacles(base, head, { common, unpaired, relabeling, key }, yardstick);
  const classes = commonClasses(base, head);
  if (obstacles.length > 0 || classes === null) return refuse(obstacles);
  const paired = pairSample(base, head, pairs, classes);
  const relabeled = countIn(pairs.base, inBoth(match.relabelled).base);
  const twins = paired.headRows.reduce((count, row) => count + match.repeats[row]!, 0);
  const otherTruth = relabelingObstacle(relabeled, common, relabeling);
  if (otherTruth !== null) return refuse([otherTruth]);
  const sample = withGroups(paired, head.experiment, options.headColumn);
  const measured = { ...options, gated: Object.keys(options.metrics), resamples: options.resamples ?? 2000 };
  const compared = metricsFor(head.task);
  const overall = measureMetrics(sample, compared, measured);
  const { slices, reasons } = measureSlices(sample, compared, measured);
  const [metrics = []] = judgeMetrics([overall], options);
  const judged = judgeMetrics(
    slices.map((slice) => slice.evidence),
    { metrics: options.metrics, level: options.level },
  );
  const lostRows = findLostRows(base, pairs.base, unpaired);
  return {
    status: "compared",
    reasons: [
      ...explainComparison(base, head, { yardstick, relabeled, unpaired, lostRows, common, twins }),
      ...reasons,
    ],
    holdout: lostRows?.harder === true ? { ...holdout, lostHarder: true } : holdout,
    level: options.level,
    metrics: [...metrics, ...undefinedGates(head, options)],
    slices: slices.map(({ slice, rows }, i) => ({ slice, rows, metrics: judged[i] ?? [] })),
    ...calibrationOf(sample),
    ...(options.discover ? { discovery: discoverSlices(sample, { ...measured, columns: options.discover }) } : {}),
  };
}

function countNames(base: readonly string[], head: readonly string[]): number {
  const names = new Set(base);
  return head.reduce((count, name) => count + (names.has(name) ? 1 : 0), 0);
}

function countIn(positions: Int32Array, others: Int32Array): number {
  const wanted = new Set(others);
  return positions.reduce((count, position) => count + (wanted.has(position) ? 1 : 0), 0);
}

function calibrationOf({ base, head }: PairedSample): Pick<Comparison, "calibration"> {
  if (head.task === "regression" || (head.task === "binary" && head.positive === null)) return {};
  return { calibration: { base: prepareReliabilityCurve(base)(), head: prepareReliabilityCurve(head)() } };
}

/** Each side's own values when they cannot be compared: shown, but without a difference. */
function separately(base: Run, head: Run, reason: string, options: CompareOptions): MetricComparison[] {
  const ids = new Set([...Object.keys(base.metrics), ...Object.keys(head.metrics), ...Object.keys(options.metrics)]);
  const known = [...registry.keys()].filter((id) => ids.has(id));
  const unknown = [...ids].filter((id) => !registry.has(id));
  return [...known, ...unknown].map((id) => ({
    ...incomparable(id, reason, options),
    base: base.metrics[id]?.value ?? null,
    head: head.metrics[id]?.value ?? null,
  }));
}

/** A gated metric that the task does not have must not pass for want of a value. */
function undefinedGates(head: Run, options: CompareOptions): MetricComparison[] {
  const defined = new Set(metricsFor(head.task).map((metric) => metric.id));
  return Object.keys(options.metrics)
    .filter((id) => !defined.has(id))
    .map((id) => incomparable(id, `it is not defined for ${head.task} tasks`, options));
}

function incomparable(id: string, reason: string, options: CompareOptions): MetricComparison {
  const gated = Object.hasOwn(options.metrics, id);
  return {
    metric: id,
    title: registry.get(id)?.title ?? id,
    direction: registry.get(id)?.direction ?? "higher",
    base: null,
    head: null,
    difference: null,
    interval: null,
    test: "none",
    p: null,
    adjustedP: null,
    tolerance: options.metrics[id]?.tolerance ?? 0,
    gated,
    smallestDetectable: null,
    verdict: "incomparable",
    reason,
  };
}
