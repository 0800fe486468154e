import { isDeepStrictEqual } from "node:util";
import { attributeChange } from "../compare/attribute-change.ts";
import type { Attribution, Comparison } from "../compare/comparison.ts";
import type { Experiment } from "../experiment/experiment.ts";
import type { Match } from "../match/match.ts";
import { metricsFor } from "../metrics/registry.ts";
import { readData } from "../read/read-data.ts";
import type { Run } from "../run.ts";
import type { RunYardstick } from "../run-key.ts";
import { matchSides } from "./match-sides.ts";
import type { ReviewJob } from "./model-review.ts";
import type { ReadSide, ReadSides } from "./read-sides.ts";
import { runBeforeCut } from "./run-before-cut.ts";
import type { SideRuns } from "./run-sides.ts";
import { type CachedRun, type RunContext, runThroughCache } from "./run-through-cache.ts";
import { whatChanged } from "./what-changed.ts";

/** Resampling costs rows × resamples: about this many row evaluations per metric and combination. */
const evaluations = 10_000_000;

/**
 * How much of each gated metric's change came from the data and how much from the experiment; null unless both changed
 * and the sides were compared. Without a gated metric, the task's first one is attributed.
 *
 * Two more models are trained, through the cache: the experiment of each side on the data of the other, by the yardstick
 * of its own side. Where that is impossible, for instance because a column exists on one side only, the answer is the
 * reason.
 */
export async function attributeSides(
  job: ReviewJob,
  sides: ReadSides,
  match: Match | null,
  runs: SideRuns,
  comparison: Comparison | null,
  context: RunContext,
): Promise<Attribution | null> {
  const { base, head } = sides;
  if (comparison?.status !== "compared" || match === null || !base || !head || !runs.base?.run || !runs.head?.run)
    return null;
  if (!bothChanged(base, head)) return null;
  const data = sharingKeys(await cross(base, head, runs.judgedBy.base, context), runs.head.run);
  if (data.run === null) return unattributed("the base's experiment cannot be run on the head's data", data.problems);
  const experiment = sharingKeys(await cross(head, base, runs.judgedBy.head, context, runs), runs.base.run);
  if (experiment.run === null) {
    return unattributed("the head's experiment cannot be run on the base's data", experiment.problems);
  }
  const both = runs.head.run;
  const rows = (runs.later && matchSides({ base: head, head })) ?? match;
  return attributeChange({ neither: runs.base.run, data: data.run, experiment: experiment.run, both }, rows, {
    metrics: attributed(job, both),
    level: job.level,
    seed: both.lineage.seed,
    resamples: Math.round(Math.min(1000, Math.max(200, evaluations / both.rows.holdout))),
    headColumn: (name) =>
      head.read.ok ? (head.read.value.table.columns.find((one) => one.name === name) ?? null) : null,
  });
}

function bothChanged({ revision: base }: ReadSide, { revision: head }: ReadSide): boolean {
  const changed = whatChanged(base, head);
  return changed.data && changed.experiment;
}

/** Runs the experiment of one side on the data of the other. A table that was read by other rules is read again. */
async function cross(
  recipe: ReadSide,
  data: ReadSide,
  judgedBy: RunYardstick | null,
  context: RunContext,
  { later, head }: Partial<Pick<SideRuns, "later" | "head">> = {},
): Promise<CachedRun> {
  const where = data.revision.experiment;
  // The other data may lack the column that dates the rows; no number depends on it.
  const experiment = { ...recipe.revision.experiment, data: where.data, labels: where.labels, time: undefined };
  const read = readsAlike(experiment, data.revision.experiment)
    ? data.read
    : await readData(data.revision.data, experiment);
  if (later !== undefined && head?.run) {
    const { split } = recipe.revision.experiment;
    const standard = judgedBy ?? { positive: head.run.positive, split, keyColumns: "own" };
    const needed = head.run.features.map(({ name }) => name);
    return runBeforeCut({ experiment, data: data.revision.data, read }, later.rows, needed, standard, context);
  }
  return runThroughCache({ experiment, data: data.revision.data, read }, judgedBy, context);
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
