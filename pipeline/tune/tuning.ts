import type { Interval } from "../compare-models/model-comparison.ts";
import type { ModelOptions } from "../experiment/experiment.ts";
import type { Task } from "../metrics/metric.ts";
import type { Problem } from "../problem.ts";
import type { JournalEntry } from "./journal.ts";
import type { SearchKind } from "./search-plan.ts";
import type { SearchSpace } from "./search-space.ts";

/** One metric of the model as written and of the tuned one, on the hold-out. */
export interface FinalMetric {
  metric: string;
  title: string;
  direction: "higher" | "lower";
  written: number | null;
  tuned: number | null;
  /** tuned − written, on the same rows. */
  difference: number | null;
  interval: Interval | null;
  test: string;
  p: number | null;
  reason: string | null;
}

/** What a search found. Holds no times, so that the same seed gives the same text. */
export interface Tuning {
  task: Task;
  target: string;
  positive: string | null;
  metric: { id: string; title: string; direction: "higher" | "lower" };
  estimator: string;
  search: SearchKind;
  seed: number;
  folds: number;
  rows: { train: number; holdout: number };
  space: SearchSpace;
  /** Trials asked for, and why there are no more. */
  budget: { trials: number; seconds: number };
  stopped: "finished" | "seconds";
  /** Every cross-validation, in the order in which they were done; trial 0 is the start. */
  trials: Omit<JournalEntry, "seconds">[];
  best: Omit<JournalEntry, "seconds">;
  /** The experiment's own model. */
  written: ModelOptions;
  /** Both models trained on all training rows and judged on the hold-out, once. */
  final: {
    holdoutDigest: string;
    /** On the metric that was tuned for; the others are for information. */
    answer: "better" | "worse" | "no detectable difference" | "unknown" | "as written";
    metrics: FinalMetric[];
    /** Why a side has no values. */
    reasons: string[];
  };
  notes: Problem[];
}
