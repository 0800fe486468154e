import { holdoutDigest } from "../compare/holdout-digest.ts";
import { measureMetrics } from "../compare/measure-metric.ts";
import type { Experiment } from "../experiment/experiment.ts";
import type { Metric, Scored } from "../metrics/metric.ts";
import { tasksOf } from "../models/registry.ts";
import { preprocess } from "../preprocess/preprocess.ts";
import type { Outcome } from "../problem.ts";
import type { Progress } from "../progress.ts";
import { groupsOfRows } from "../split/groups-of-rows.ts";
import { holm } from "../stats/holm.ts";
import type { Table } from "../table/table.ts";
import { candidatesFor, type WrittenCandidate } from "./candidates.ts";
import { fitCandidate } from "./fit-candidate.ts";
import { type IntervalOptions, metricInterval } from "./metric-interval.ts";
import type { Candidate, Gap, ModelComparison } from "./model-comparison.ts";
import { pairScores } from "./paired-scores.ts";
import { primaryMetric } from "./primary-metric.ts";
import { findSignal, signalMetric } from "./signal-metric.ts";

export interface CompareModelsInput {
  experiment: Experiment;
  /** Repository path of the experiment file, for problems. */
  experimentPath: string;
  table: Table;
}

export interface CompareModelsOptions {
  /** Id of the metric to rank by; default: the task's. */
  metric?: string;
  /** Default 0.95. */
  level?: number;
  /** Default 2,000. */
  resamples?: number;
  onProgress?: (progress: Progress) => void;
}

interface Judged extends WrittenCandidate {
  scored: Scored | null;
  value: number | null;
  interval: Candidate["interval"];
  milliseconds: number | null;
  reason: string | null;
  notes: Candidate["notes"];
}

/**
 * Signal detection: every estimator that fits the task, with its defaults, is trained on the training rows of the
 * experiment's split and judged on its hold-out, all on the same rows, so that differences are paired.
 *
 * The hold-out itself ranks, because these are the very numbers that reviews will show, and a handful of untuned models
 * wears it out little. It does wear it out: the winner's value is a little too good, since it is the largest of several.
 * Whoever chooses among many options belongs in `tune`, which does not look at the hold-out.
 *
 * Whether there is a signal at all is told by `signalMetric`, not by what ranks.
 *
 * An estimator that refuses or fails is a row with its reason.
 */
export function compareModels(input: CompareModelsInput, options: CompareModelsOptions = {}): Outcome<ModelComparison> {
  const { experiment, table } = input;
  const tasks = tasksOf(experiment.model);
  const prepared = preprocess(table, experiment, { tasks });
  if (!prepared.ok) return prepared;
  const { task, classes, positive, train, holdout, rows } = prepared.value;
  const chosen = primaryMetric(task, options.metric);
  if (!chosen.ok) return chosen;
  const metric = chosen.value;

  const { seed } = experiment.split;
  const columnOf = (name: string) => table.columns.find((column) => column.name === name) ?? null;
  const groups = groupsOfRows(holdout.rows, experiment, columnOf);
  const measure = { level: options.level ?? 0.95, resamples: options.resamples ?? 2000, seed, groups };
  const judgedRows = {
    features: holdout.features,
    actual: holdout.actual,
    positive: positive === null ? null : classes.indexOf(positive),
  };
  const candidates = candidatesFor(task, experiment.model);
  const judged = candidates.map((candidate, at): Judged => {
    options.onProgress?.({ step: `training ${candidate.title}`, share: at / candidates.length });
    const fitted = fitCandidate(train, judgedRows, candidate.model, { seed, path: input.experimentPath });
    return judge(candidate, fitted, metric, measure);
  });
  const ranked = rank(judged, metric);
  const toBest = gaps(ranked[0] ?? null, ranked, metric, measure);
  const baselineRow = ranked.find((one) => one.baseline) ?? null;
  const signalBy = baselineRow?.scored ? signalMetric(baselineRow.scored) : metric;
  const toBaseline = gaps(baselineRow, ranked, signalBy, measure);

  const value: ModelComparison = {
    task,
    target: experiment.target,
    positive,
    metric: { id: metric.id, title: metric.title, direction: metric.direction },
    rows: { train: rows.train, holdout: rows.holdout },
    holdoutDigest: holdoutDigest(holdout.keys),
    level: measure.level,
    resamples: measure.resamples,
    candidates: ranked.map(({ scored: _, ...row }, at) => ({
      ...row,
      rank: row.value === null ? null : at + 1,
      toBest: toBest[at]!,
      toBaseline: toBaseline[at]!,
    })),
    signal: findSignal(toBaseline, signalBy),
    signalMetric: { id: signalBy.id, title: signalBy.title, direction: signalBy.direction },
    notes: prepared.notes,
  };
  return { ok: true, value, notes: [] };
}

function judge(
  candidate: WrittenCandidate,
  fitted: ReturnType<typeof fitCandidate>,
  metric: Metric,
  options: IntervalOptions,
): Judged {
  const nothing = { scored: null, value: null, interval: null, milliseconds: null, notes: [] };
  if (!fitted.ok) return { ...candidate, ...nothing, reason: fitted.problems.map(({ message }) => message).join(" ") };
  const { scored, milliseconds } = fitted.value;
  const answer = metric.compute(scored);
  const rounded = Math.round(milliseconds * 10) / 10;
  const known = { ...candidate, milliseconds: rounded, notes: fitted.notes };
  if (answer.value === null) return { ...known, scored: null, value: null, interval: null, reason: answer.reason };
  return { ...known, scored, value: answer.value, interval: metricInterval(metric, scored, options), reason: null };
}

/** Best first; of equals the one that the registry has first; those without a value last. */
function rank(judged: readonly Judged[], { direction }: Metric): Judged[] {
  const gain = ({ value }: Judged) =>
    value === null ? Number.NEGATIVE_INFINITY : direction === "higher" ? value : -value;
  return judged.toSorted((a, b) => (gain(a) === gain(b) ? 0 : gain(b) - gain(a)));
}

/** Every candidate against one of them; null where there is nothing to compare. */
function gaps(against: Judged | null, all: readonly Judged[], metric: Metric, options: IntervalOptions) {
  const base = against?.scored ?? null;
  const evidence = all.map(({ scored }) => {
    if (base === null || scored === null || scored === base) return null;
    return measureMetrics(pairScores(base, scored, options.groups), [metric], options)[0]!;
  });
  const adjusted = holm(evidence.map((one) => one?.p ?? null));
  return evidence.map((one, at): Gap | null => {
    if (one === null || one.difference === null) return null;
    const { difference, interval, test, p } = one;
    const adjustedP = adjusted[at] ?? null;
    const excludesZero = interval !== null && (interval.low > 0 || interval.high < 0);
    const toldApart = excludesZero && adjustedP !== null && adjustedP < 1 - options.level;
    return { difference, interval, test, p, adjustedP, toldApart };
  });
}
