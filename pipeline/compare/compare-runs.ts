import type { Match } from "../match/match.ts";
import { pairHoldouts } from "../match/pair-holdouts.ts";
import type { RowPairs } from "../match/row-pairs.ts";
import { metricsFor, metrics as registry } from "../metrics/registry.ts";
import { prepareReliabilityCurve } from "../metrics/reliability-curve.ts";
import type { Run } from "../run.ts";
import { compareChosen } from "./changed-rows.ts";
import { measureSlices, type SliceOptions } from "./compare-slices.ts";
import type { ChangedRows, ChosenRows, Comparison, MetricComparison } from "./comparison.ts";
import { describeRelabeling } from "./describe-relabeling.ts";
import { discoverSlices } from "./discover-slices.ts";
import { explainComparison } from "./explain-comparison.ts";
import { holdoutDigest } from "./holdout-digest.ts";
import { judgeMetrics } from "./judge-metrics.ts";
import { measureMetrics } from "./measure-metric.ts";
import { commonClasses, findObstacles, relabelingObstacle } from "./obstacles.ts";
import { type PairedSample, pairSample, subsample, withGroups } from "./paired-sample.ts";
import type { Yardstick } from "./yardstick.ts";

/** Which rows of both tables are the same. */
export type RowMatch = Pick<Match, "rows" | "repeatedKey" | "relabelled" | "repeats">;

/** What became of the base's hold-out in the head, where the head's answers are to rows of the base's data: the base's labels judge. */
export interface BaseHoldout {
  /** Zero-based rows of the base that the head does not have, and those that it has with another target. */
  gone: ReadonlySet<number>;
  relabelled: ReadonlySet<number>;
  /** Of those gone, rows of a repeated key that the head has with other content. */
  unpaired: number;
  /** Hold-out rows of the head's own run. */
  head: number;
}

export interface CompareOptions extends Omit<SliceOptions, "resamples" | "gated"> {
  /** The gated metrics by id. Metrics that are not named are compared and shown. */
  metrics: Record<string, { tolerance: number }>;
  /** What `commonYardstick` decided; its reasons become the comparison's. Default: the same. */
  yardstick?: Yardstick;
  /** Judged on the base's rows by the base's labels; absent: on the rows that both hold out, by the head's. */
  byBase?: BaseHoldout;
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
  const { byBase } = options;
  const inBoth = (rows: RowPairs) => pairHoldouts(rows, base.holdout.rows, head.holdout.rows);
  const pairs = inBoth(match.rows);
  const found = byBase === undefined ? pairs : selectPairs(pairs, (at) => !byBase.gone.has(base.holdout.rows[at]!));
  const common = found.base.length;
  // rows of a key that repeats have names that say so, whatever they hold
  const unpaired =
    byBase?.unpaired ??
    (match.repeatedKey ? Math.max(0, countNames(base.holdout.keys, head.holdout.keys) - common) : 0);
  const holdout = {
    base: base.holdout.keys.length,
    head: byBase?.head ?? head.holdout.keys.length,
    common,
    digest: holdoutDigest(base.holdout.keys),
  };
  const refuse = (reasons: string[]): Comparison => {
    const metrics = separately(base, head, reasons.join(" "), options);
    return { status: "incomparable", reasons, holdout, level: options.level, metrics, slices: [] };
  };
  const relabeling = describeRelabeling(base, head, found);
  const key = base.experiment.key === head.experiment.key ? head.experiment.key : null;
  const obstacles = findObstacles(base, head, { common, unpaired, relabeling, key }, yardstick);
  const classes = commonClasses(base, head);
  if (obstacles.length > 0 || classes === null) return refuse(obstacles);
  const relabeled = countIn(found.base, inBoth(match.relabelled).base);
  const otherTruth = relabelingObstacle(relabeled, common, relabeling);
  if (otherTruth !== null) return refuse([otherTruth]);
  const changed = byBase === undefined ? null : changedRows(base, head, byBase);
  const paired = pairSample(base, head, pairs, classes, byBase === undefined ? "head" : "base");
  const twins = paired.headRows.reduce((count, row) => count + match.repeats[row]!, 0);
  const sample = withGroups(paired, head.experiment, options.headColumn);
  const { reasons, ...judged } = judgeSample(sample, head, options);
  const kept = byBase === undefined ? null : positionsKept(sample, byBase);
  const told = { yardstick, relabeled, unpaired, changed, common: paired.rows, twins };
  return {
    status: "compared",
    reasons: [...explainComparison(base, head, told), ...reasons],
    holdout: { ...holdout, common: paired.rows, ...(changed === null ? {} : { changed }) },
    level: options.level,
    ...judged,
    ...(kept === null ? {} : { kept: judgeKept(subsample(sample, kept), head, options) }),
    ...calibrationOf(sample),
    ...(options.discover
      ? { discovery: discoverSlices(sample, { ...measuredBy(options), columns: options.discover }) }
      : {}),
  };
}

function measuredBy(options: CompareOptions) {
  return { ...options, gated: Object.keys(options.metrics), resamples: options.resamples ?? 2000 };
}

/** Every metric over all rows of a sample and in its slices. */
function judgeSample(sample: PairedSample, head: Run, options: CompareOptions) {
  const measured = measuredBy(options);
  const compared = metricsFor(head.task);
  const overall = measureMetrics(sample, compared, measured);
  const { slices, reasons } = measureSlices(sample, compared, measured);
  const { metrics: gates, level } = options;
  const [metrics = []] = judgeMetrics([overall], options);
  const judged = judgeMetrics(
    slices.map((slice) => slice.evidence),
    { metrics: gates, level },
  );
  return {
    reasons,
    metrics: [...metrics, ...undefinedGates(head, options)],
    slices: slices.map(({ slice, rows }, i) => ({ slice, rows, metrics: judged[i] ?? [] })),
  };
}

function judgeKept(sample: PairedSample, head: Run, options: CompareOptions): NonNullable<Comparison["kept"]> {
  const { metrics, slices } = judgeSample(sample, head, options);
  return { rows: sample.rows, metrics, slices };
}

/** Where a sample holds rows that the head has with the base's label; null where that is all of them. */
function positionsKept({ baseRows }: PairedSample, { gone, relabelled }: BaseHoldout): Int32Array | null {
  const kept = Int32Array.from(baseRows.keys()).filter((at) => {
    const row = baseRows[at]!;
    return !gone.has(row) && !relabelled.has(row);
  });
  return kept.length === baseRows.length ? null : kept;
}

function changedRows(base: Run, head: Run, { gone, relabelled }: BaseHoldout): ChangedRows | null {
  const positions = (rows: ReadonlySet<number>) =>
    new Set(base.holdout.rows.flatMap((row, position) => (rows.has(row) ? [position] : [])));
  const [lost, other] = [positions(gone), positions(relabelled)];
  if (lost.size + other.size === 0) return null;
  const unanswered = base.holdout.rows.length - head.holdout.rows.length;
  const judged = compareChosen(base, head, lost);
  return {
    ...(lost.size === 0 ? {} : { gone: { count: lost.size, judged } }),
    ...(other.size === 0 ? {} : { relabelled: { count: other.size, judged: compareChosen(base, head, other) } }),
    ...(unanswered === 0
      ? {}
      : { unanswered: { count: unanswered, decides: decidesUnanswered(unanswered, judged, base) } }),
  };
}

/** Of more rows nobody may say that they would not have changed the answer. */
const mostUnanswered = 0.01;

function decidesUnanswered(count: number, judged: ChosenRows | null, base: Run): boolean {
  return count > mostUnanswered * base.holdout.rows.length || judged?.beyondChance === true;
}

function selectPairs(pairs: RowPairs, wanted: (base: number) => boolean): RowPairs {
  const chosen = pairs.base.map((at) => (wanted(at) ? 1 : 0));
  const take = (rows: Int32Array) => rows.filter((_, at) => chosen[at] === 1);
  return { base: take(pairs.base), head: take(pairs.head) };
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
