import type { Experiment } from "../experiment/experiment.ts";
import { addedFeatures } from "../integrity/added-features.ts";
import type { ExaminedSide, Measured } from "../integrity/examined-side.ts";
import { fewestHeldOut, isTooGood, nearPerfect, type ScoreGain } from "../integrity/near-perfect.ts";
import type { Match } from "../match/match.ts";
import type { Run } from "../run.ts";
import type { ReadSides } from "./read-sides.ts";
import type { SideRuns } from "./run-sides.ts";
import { type RunContext, runThroughCache } from "./run-through-cache.ts";

/** The metric that tells how well a target is known, for each task. */
const scores = {
  binary: { metric: "roc_auc", measure: "ROC AUC" },
  multiclass: { metric: "balanced_accuracy", measure: "balanced accuracy" },
  regression: { metric: "r2", measure: "R²" },
} as const satisfies Record<Run["task"], { metric: string; measure: ScoreGain["measure"] }>;

/**
 * Features that came with the head and made its model near-perfect. Where the head's score is that much better than the
 * base's, its experiment is trained once more, without what was added: what the model alone brought is no leak.
 */
export function findScoreGain(
  sides: ReadSides,
  runs: Pick<SideRuns, "base" | "head">,
  examined: { head: ExaminedSide; base: ExaminedSide | null },
  match: Match | null,
  context: RunContext,
): Measured[] {
  const { head, base } = examined;
  const [before, after] = [runs.base?.run, runs.head?.run];
  if (!before || !after || !base || match === null || sides.head === null || before.task !== after.task) return [];
  const { measure } = scores[after.task];
  const [known, reached] = [scoreOf(before), scoreOf(after)];
  const rows = after.rows.holdout;
  if (known === null || reached === null || rows < fewestHeldOut) return [];
  if (!isTooGood({ with: reached, without: known })) return [];
  const added = addedFeatures(head, base, match, { cells: true });
  if (added.length === 0) return [];
  const experiment = without(
    sides.head.revision.experiment,
    added.map(({ name }) => name),
  );
  const { data } = sides.head.revision;
  const left = runThroughCache({ experiment, data, read: sides.head.read }, null, context).run;
  const alone = (left && scoreOf(left)) ?? known;
  return nearPerfect(head, added, { measure, with: reached, without: Math.max(known, alone), rows }, "the model");
}

function scoreOf({ task, metrics }: Run): number | null {
  return metrics[scores[task].metric]?.value ?? null;
}

function without(experiment: Experiment, names: readonly string[]): Experiment {
  const features = experiment.features?.filter((name) => !names.includes(name)) ?? null;
  return { ...experiment, features, exclude: [...new Set([...experiment.exclude, ...names])] };
}
