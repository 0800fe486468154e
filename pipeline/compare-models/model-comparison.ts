import type { ModelOptions } from "../experiment/experiment.ts";
import type { Task } from "../metrics/metric.ts";
import type { Problem } from "../problem.ts";

export interface Interval {
  low: number;
  high: number;
  level: number;
}

/** A candidate against another one on the same hold-out rows, in the metric's own unit. */
export interface Gap {
  difference: number;
  interval: Interval | null;
  /** The test that gave `p`. */
  test: string;
  p: number | null;
  /** `p` after the Holm correction over all candidates of the table. */
  adjustedP: number | null;
  /** True when the interval excludes zero and the corrected p is below 1 − level. */
  toldApart: boolean;
}

/** One row of the table: an estimator and how it did, or why it could not. */
export interface Candidate {
  /** From 1; null when it has no value to be ranked by. */
  rank: number | null;
  title: string;
  model: ModelOptions;
  /** The experiment's own model, with the options written there. The others have their defaults. */
  own: boolean;
  baseline: boolean;
  value: number | null;
  interval: Interval | null;
  /** This candidate minus the best one; null for the best itself. */
  toBest: Gap | null;
  /** This candidate minus the baseline in the comparison's `signalMetric`; null for the baseline itself. */
  toBaseline: Gap | null;
  /** Wall-clock time of the fit; the only field that differs between two runs. */
  milliseconds: number | null;
  /** Why there is no value. */
  reason: string | null;
  /** What was worth saying about the fit. */
  notes: Problem[];
}

/** Estimators side by side on one split. */
export interface ModelComparison {
  task: Task;
  target: string;
  positive: string | null;
  metric: { id: string; title: string; direction: "higher" | "lower" };
  rows: { train: number; holdout: number };
  /** Names the hold-out, so that its uses can be counted. */
  holdoutDigest: string;
  level: number;
  resamples: number;
  /** Ranked, best first; those without a value last. */
  candidates: Candidate[];
  /** Whether any candidate beats the baseline beyond chance; null when that could not be tested. */
  signal: boolean | null;
  /** What tells the signal: a metric in which a model that knows nothing is no better than the baseline. */
  signalMetric: { id: string; title: string; direction: "higher" | "lower" };
  notes: Problem[];
}
