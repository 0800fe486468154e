import { isDeepStrictEqual } from "node:util";
import { attributeChange } from "../compare/attribute-change.ts";
import type { Attribution, Comparison } from "../compare/comparison.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { metricsFor } from "../metrics/registry.ts";
import { readData } from "../read/read-data.ts";
import type { Run } from "../run.ts";
import { ofBaseAlone } from "./base-terms.ts";
import { columnsOfBase } from "./columns-of-base.ts";
import type { ReviewJob } from "./model-review.ts";
import type { ReadSide, ReadSides } from "./read-sides.ts";
import { runByBase } from "./run-by-base.ts";
import type { SideRuns } from "./run-sides.ts";
import type { CachedRun, ReadExperiment, RunContext } from "./run-through-cache.ts";
import { whatChanged } from "./what-changed.ts";

/** Resampling costs rows × resamples: about this many row evaluations per metric and combination. */
const evaluations = 10_000_000;

/**
 * How much of each gated metric's change came from the data and how much from the experiment; null unless both changed
 * and the sides were compared. Without a gated metric, the task's first one is attributed.
 *
 * Two more models are trained, through the cache: the experiment of each side on the data of the other, divided as the base
 * divides its own. All are judged on the base's hold-out. Where that is impossible, for instance because a column exists on one
 * side only, the answer is the reason.
 */
export async function attributeSides(
  job: ReviewJob,
  sides: ReadSides,
  runs: SideRuns,
  comparison: Comparison | null,
  context: RunContext,
): Promise<Attribution | null> {
  const { base, head } = sides;
  const { byBase } = runs;
  if (comparison?.status !== "compared" || !base || !head || !runs.base?.run || !byBase?.head.run) return null;
  if (!bothChanged(base, head)) return null;
  const { terms } = byBase;
  const neither = runs.base.run;
  const data = sharingKeys(runByBase(await cross(base, head), terms, neither, null, context), neither);
  if (data.run === null) return unattributed("the base's experiment cannot be run on the head's data", data.problems);
  const onBase = await cross(head, base);
  const experiment = sharingKeys(runByBase(onBase, ofBaseAlone(terms, neither), neither, null, context), neither);
  if (experiment.run === null) {
    return unattributed("the head's experiment cannot be run on the base's data", experiment.problems);
  }
  const both = byBase.head.run;
  const every = Int32Array.from({ length: terms.tables.base.rowCount }, (_, row) => row);
  return attributeChange(
    { neither, data: data.run, experiment: experiment.run, both },
    { rows: { base: every, head: every } },
    {
      metrics: attributed(job, both),
      level: job.level,
      seed: both.lineage.seed,
      resamples: Math.round(Math.min(1000, Math.max(200, evaluations / both.rows.holdout))),
      headColumn: columnsOfBase(terms),
    },
  );
}

function bothChanged({ revision: base }: ReadSide, { revision: head }: ReadSide): boolean {
  const changed = whatChanged(base, head);
  return changed.data && changed.experiment;
}

/** The experiment of one side on the data of the other. A table that was read by other rules is read again. */
async function cross(recipe: ReadSide, data: ReadSide): Promise<ReadExperiment> {
  const where = data.revision.experiment;
  // The other data may lack the column that dates the rows; no number depends on it.
  const experiment = { ...recipe.revision.experiment, data: where.data, labels: where.labels, time: undefined };
  const read = readsAlike(experiment, data.revision.experiment)
    ? data.read
    : await readData(data.revision.data, experiment);
  return { experiment, data: data.revision.data, read };
}

/** Names of the same rows are kept once: they are most of a run's memory. */
function sharingKeys(ran: CachedRun, like: Run): CachedRun {
  if (ran.run === null) return ran;
  const { keys } = like.holdout;
  const { holdout } = ran.run;
  if (holdout.keys.length !== keys.length || holdout.keys.some((key, row) => key !== keys[row])) return ran;
  return { ...ran, run: { ...ran.run, holdout: { ...holdout, keys } } };
}

function readsAlike(one: Experiment, other: Experiment): boolean {
  const how = ({ format, missing, columns }: Experiment) => [format, missing, columns];
  return isDeepStrictEqual(how(one), how(other));
}

function attributed({ metrics }: ReviewJob, { task }: Run): string[] {
  const defined = metricsFor(task).map(({ id }) => id);
  const gated = defined.filter((id) => Object.hasOwn(metrics, id));
  return gated.length > 0 ? gated : defined.slice(0, 1);
}

function unattributed(what: string, problems: readonly { message: string }[]): Attribution {
  return { rows: 0, reason: `${what}: ${problems.map(({ message }) => message).join(" ")}`, metrics: [] };
}
