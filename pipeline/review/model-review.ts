import type { Comparison, Slice } from "../compare/comparison.ts";
import type { DriftOptions, DriftReport } from "../drift/drift-report.ts";
import type { Experiment } from "../experiment/experiment.ts";
import type { IntegrityReport } from "../integrity/integrity-report.ts";
import type { SchemaDiff } from "../match/schema-diff.ts";
import type { Problem } from "../problem.ts";
import type { RevisionData } from "../revision-data.ts";
import type { RunSummary } from "../run.ts";

/** One revision of one model, ready to run: the experiment is parsed, the data lies in local files. */
export type Revision =
  | {
      state: "ready";
      commit: string;
      experiment: Experiment;
      data: RevisionData;
    }
  /** Something about this revision is wrong; nothing was run. */
  | { state: "problems"; commit: string; problems: Problem[] }
  /** The experiment file does not exist on this side. */
  | { state: "absent"; commit: string };

/** A pinned file of the base's commit, or why it cannot be used. */
export type DriftReference =
  | { state: "ready"; data: RevisionData }
  | { state: "problems"; path: string; problems: Problem[] };

/** Everything one model's review needs. Plain data: it is written to the child process as JSON. */
export interface ReviewJob {
  model: string;
  /** Repository path of the experiment file, for problems. */
  experimentPath: string;
  base: Revision;
  head: Revision;
  /** Metrics that the policy gates. The others are compared and shown, never blocking. */
  metrics: Record<string, { tolerance: number }>;
  /** Columns to slice by (each value with enough rows), and single slices asked for by acceptance criteria. */
  sliceColumns: string[];
  slices: Slice[];
  drift: DriftOptions;
  /** Pinned data that drift is measured against; absent: the base's data. */
  reference?: DriftReference;
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
  /** Leakage and broken data in the head; null when the head did not run, absent in facts saved before it was looked for. */
  integrity?: IntegrityReport | null;
  /** What another engine answered to the same inputs before; absent when none did. */
  earlier?: EngineReview;
}

/** A review and the version of the engine that made it. */
export interface EngineReview {
  engine: string;
  review: ModelReview;
}
