import { addedFeatures } from "../integrity/added-features.ts";
import type { ExaminedSide, Measured } from "../integrity/examined-side.ts";
import { leastSquaresGain } from "../integrity/least-squares-gain.ts";
import { fewestHeldOut, isTooGood, nearPerfect, type ScoreGain } from "../integrity/near-perfect.ts";
import { tellingFeatures } from "../integrity/telling-features.ts";
import type { Match } from "../match/match.ts";
import type { Run } from "../run.ts";
import type { Column } from "../table/table.ts";
import type { ReadSide, ReadSides } from "./read-sides.ts";
import type { SideRuns } from "./run-sides.ts";
import { type RunContext, runThroughCache } from "./run-through-cache.ts";

/** The measures that tell how well a target is known: the first that both sides have. A class without hold-out rows leaves no area. */
const measures = {
  binary: ["ROC AUC"],
  multiclass: ["ROC AUC", "balanced accuracy"],
  regression: ["R²"],
} as const satisfies Record<Run["task"], readonly ScoreGain["measure"][]>;

const metricOf = { "ROC AUC": "roc_auc", "balanced accuracy": "balanced_accuracy", "R²": "r2" } as const;

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
  const measure = measures[after.task].find((one) => scoreOf(before, one) !== null && scoreOf(after, one) !== null);
  if (measure === undefined || after.rows.holdout < fewestHeldOut) return [];
  const [known, reached] = [scoreOf(before, measure)!, scoreOf(after, measure)!];
  if (!isTooGood({ with: reached, without: known })) return bySquares(head, addedFeatures(head, base, match), before);
  const added = addedFeatures(head, base, match, { cells: true });
  if (added.length === 0) return [];
  const left = runWithout(sides.head, added, context);
  const without = Math.max(known, (left && scoreOf(left, measure)) ?? known);
  const gain = { measure, with: reached, without, rows: after.rows.holdout };
  return nearPerfect(head, tellingFeatures(head, added, without), gain, "the model");
}

/** What the head's model has not got out of the features that came, because its form or a penalty keeps it from doing so. */
function bySquares(head: ExaminedSide, added: readonly Column[], before: Run): Measured[] {
  const found = leastSquaresGain(head, added);
  if (found === null) return [];
  const { gain, columns } = found;
  return nearPerfect(
    head,
    columns,
    { ...gain, without: Math.max(scoreOf(before, gain.measure) ?? 0, gain.without) },
    "least squares",
  );
}

/** The head's experiment on its data without some features; null when nothing is left to learn from. */
function runWithout({ revision, read }: ReadSide, left: readonly Column[], context: RunContext): Run | null {
  const names = left.map(({ name }) => name);
  const { experiment, data } = revision;
  const features = experiment.features?.filter((name) => !names.includes(name)) ?? null;
  const fewer = { ...experiment, features, exclude: [...new Set([...experiment.exclude, ...names])] };
  return runThroughCache({ experiment: fewer, data, read }, null, context).run;
}

function scoreOf({ metrics }: Run, measure: ScoreGain["measure"]): number | null {
  return metrics[metricOf[measure]]?.value ?? null;
}
