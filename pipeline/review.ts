import type { Progress } from "./child/protocol.ts";
import { openRunCache } from "./child/run-cache.ts";
import type { Comparison, Slice } from "./compare/comparison.ts";
import type { SchemaDiff } from "./data/schema-diff.ts";
import type { DriftOptions, DriftReport } from "./drift/drift-report.ts";
import type { Experiment } from "./experiment/experiment.ts";
import type { IntegrityReport } from "./integrity/integrity-report.ts";
import type { Problem } from "./problem.ts";
import { attributeSides } from "./review/attribute-sides.ts";
import { compareSides } from "./review/compare-sides.ts";
import { diffSides } from "./review/diff-sides.ts";
import { explainMoves } from "./review/explain-moves.ts";
import { explainRows } from "./review/explain-rows.ts";
import { findDrift } from "./review/find-drift.ts";
import { findIntegrity } from "./review/find-integrity.ts";
import { readSides } from "./review/read-sides.ts";
import { findReassignedKeys } from "./review/reassigned-keys.ts";
import { runSides, type SideRun } from "./review/run-sides.ts";
import { whatChanged } from "./review/what-changed.ts";
import type { RevisionData } from "./revision-data.ts";
import type { RunSummary } from "./run.ts";

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
}

/**
 * The story of one model's review: read both tables, run both sides by a common yardstick (cached by content), compare
 * them row by row, tell what the data did from what the experiment did, and say how columns and distributions changed.
 * Never throws for what a pull request contains.
 */
export async function reviewModel(
  job: ReviewJob,
  onProgress: (progress: Progress) => void = () => {},
): Promise<ModelReview> {
  onProgress({ step: "reading the data", share: 0 });
  const sides = await readSides(job);
  const context = { cache: openRunCache(job.cache), experimentPath: job.experimentPath };
  const reassigned = findReassignedKeys(sides);
  const schema = diffSides(sides, reassigned);
  const told = (side: "base" | "head", step: string, share: number) =>
    onProgress({ step: `${step} the ${side}`, share: (side === "base" ? 0.15 : 0.45) + 0.3 * share });
  const runs = runSides(sides, schema, { ...context, onProgress: told }, reassigned);
  onProgress({ step: "comparing", share: 0.75 });
  const comparison = compareSides(job, sides, runs);
  const attribution = await attributeSides(job, sides, runs, comparison, {
    ...context,
    onProgress: () => onProgress({ step: "telling data from experiment", share: 0.85 }),
  });
  onProgress({ step: "looking for drift", share: 0.95 });
  // what is wrong with the base's data, and what its model says, is seen on rows of its own
  const own = runs.later ? { ...runs, base: runs.later.ownBase } : runs;
  return {
    model: job.model,
    experimentPath: job.experimentPath,
    base: toSide(job.base, runs.base),
    head: toSide(job.head, runs.head),
    changed: job.base.state === "ready" && job.head.state === "ready" ? whatChanged(job.base, job.head) : null,
    comparison:
      comparison &&
      explainMoves(
        sides,
        schema,
        explainRows(sides, schema, attribution ? { ...comparison, attribution } : comparison),
      ),
    schema,
    drift: findDrift(job, sides, own),
    integrity: findIntegrity(sides, own, schema, reassigned),
  };
}

function toSide(revision: Revision, ran: SideRun): Side {
  if (revision.state !== "ready" || ran === null) return revision as Exclude<Revision, { state: "ready" }>;
  const { commit } = revision;
  if (ran.run === null) return { state: "problems", commit, problems: ran.problems };
  const { experiment: _, holdout: __, model: ___, ...summary } = ran.run;
  return { state: "ran", commit, run: summary, cached: ran.cached };
}
