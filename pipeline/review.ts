import type { Comparison, Slice } from "./compare/comparison.ts";
import type { SchemaDiff } from "./data/schema-diff.ts";
import type { DriftOptions, DriftReport } from "./drift/drift-report.ts";
import type { Experiment } from "./experiment/experiment.ts";
import type { Problem } from "./problem.ts";
import type { RunSummary } from "./run.ts";

/** One revision of one model, ready to run: the experiment is parsed, the data lies in a local file. */
export type Revision =
  | {
      state: "ready";
      commit: string;
      experiment: Experiment;
      data: { path: string; file: string; blob: string; size: number };
    }
  /** Something about this revision is wrong; nothing was run. */
  | { state: "problems"; commit: string; problems: Problem[] }
  /** The experiment file does not exist on this side. */
  | { state: "absent"; commit: string };

/** Everything one model's review needs. Plain data: it is written to the child process as JSON. */
export interface ReviewJob {
  model: string;
  base: Revision;
  head: Revision;
  /** Metrics that the policy gates. The others are compared and shown, never blocking. */
  metrics: Record<string, { tolerance: number }>;
  /** Columns to slice by (each value with enough rows), and single slices asked for by acceptance criteria. */
  sliceColumns: string[];
  slices: Slice[];
  drift: DriftOptions;
  /** Confidence level of intervals, for example 0.95. */
  level: number;
  /** Folder of cached runs, or null for none. */
  cache: string | null;
}

export type Side =
  | { state: "ran"; commit: string; run: RunSummary; cached: boolean }
  | { state: "problems"; commit: string; problems: Problem[] }
  | { state: "absent"; commit: string };

/** What a pull request did to one model. Plain data. */
export interface ModelReview {
  model: string;
  experimentPath: string;
  base: Side;
  head: Side;
  /** What differs between the sides; null when a side is not ready. */
  changed: { data: boolean; experiment: boolean } | null;
  comparison: Comparison | null;
  schema: SchemaDiff | null;
  drift: DriftReport | null;
}
