import { isDeepStrictEqual } from "node:util";
import { attributeChange } from "../compare/attribute-change.ts";
import type { Attribution } from "../compare/comparison.ts";
import { experimentDigest } from "../experiment/experiment-digest.ts";
import type { Outcome } from "../problem.ts";
import type { ReviewJob } from "../review.ts";
import { type Run, runExperiment } from "../run.ts";
import { type RunYardstick, runKey } from "../run-key.ts";
import type { ReadSide, ReadSides } from "./read-sides.ts";
import type { RunContext, SideRuns } from "./run-sides.ts";

/** Resampling costs rows × resamples: this many row evaluations per metric and combination, within sensible bounds. */
const evaluations = 10_000_000;

/**
 * How much of the change came from the data and how much from the experiment, for the gated metrics. Null when only one
 * of them changed, nothing is gated, or the sides cannot be compared: then there is nothing to divide.
 *
 * Trains two more models: each side's experiment on the other side's data.
 */
export function attributeSides(
  job: ReviewJob,
  { base, head }: ReadSides,
  runs: SideRuns,
  context: RunContext,
): Attribution | null {
  const metrics = Object.keys(job.metrics);
  const [neither, both] = [runs.base?.run, runs.head?.run];
  if (!base || !head || !neither || !both || metrics.length === 0 || runs.yardstick?.state === "incomparable")
    return null;
  if (base.revision.data.blob === head.revision.data.blob) return null;
  if (experimentDigest(base.revision.experiment) === experimentDigest(head.revision.experiment)) return null;

  const data = crossRun(base, head, runs.judgedBy.base, context);
  const experiment = crossRun(head, base, runs.judgedBy.head, context);
  if (!data.ok) return without(`the base's experiment cannot be run on the head's data: ${data.problems[0]?.message}`);
  if (!experiment.ok) {
    return without(`the head's experiment cannot be run on the base's data: ${experiment.problems[0]?.message}`);
  }
  const rows = both.rows.holdout;
  return attributeChange(
    { neither, data: data.value, experiment: experiment.value, both },
    {
      metrics,
      level: job.level,
      seed: both.lineage.seed,
      resamples: Math.round(Math.min(1000, Math.max(200, evaluations / Math.max(1, rows)))),
    },
  );
}

/** One side's experiment on the other side's data, as the other side read it. */
function crossRun(
  { revision: { experiment } }: ReadSide,
  on: ReadSide,
  yardstick: RunYardstick | null,
  { cache, experimentPath }: RunContext,
): Outcome<Run> {
  if (!on.read.ok) return on.read;
  const { blob } = on.revision.data;
  // A run's key stands for the experiment's own way of reading; a table that was read otherwise must not answer for it.
  const usual = isDeepStrictEqual(reading(experiment), reading(on.revision.experiment));
  const known = usual ? cache.get(runKey(experiment, blob, yardstick)) : null;
  if (known !== null) return { ok: true, value: known, notes: [] };
  const input = { experiment, experimentPath, dataBlob: blob, ...on.read.value, notes: on.read.notes };
  const ran = runExperiment(input, { yardstick });
  if (ran.ok && usual) cache.set(ran.value);
  return ran;
}

function reading({ data, format, missing, columns }: ReadSide["revision"]["experiment"]): unknown {
  return [data, format, missing, columns];
}

function without(reason: string): Attribution {
  return { rows: 0, reason, metrics: [] };
}
