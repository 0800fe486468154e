import type { YardstickChange } from "../compare/yardstick-change.ts";
import type { Experiment, SplitOptions } from "../experiment/experiment.ts";
import type { ReadSides } from "./read-sides.ts";
import type { SideRuns } from "./run-sides.ts";

/**
 * What the head's experiment changes about how its model is judged; empty when nothing, or when a side has no experiment. A class
 * that the head names and the base chose itself is no change while it is the same.
 */
export function diffYardsticks({ base, head }: ReadSides, runs: SideRuns): YardstickChange[] {
  const [before, after] = [base?.revision.experiment, head?.revision.experiment];
  if (before === undefined || after === undefined) return [];
  const positives = positivesOf(before, after, runs);
  const changes: YardstickChange[] = [
    { kind: "target", from: before.target, to: after.target },
    { kind: "positive", ...positives },
    {
      kind: after.split.holdout < before.split.holdout ? "smaller-holdout" : "larger-holdout",
      from: String(before.split.holdout),
      to: String(after.split.holdout),
    },
    { kind: "split", from: kindOf(before.split), to: kindOf(after.split) },
    { kind: "seed", from: String(before.split.seed), to: String(after.split.seed) },
    { kind: "key", from: before.key, to: after.key },
  ];
  return changes.filter(({ from, to }) => from !== to);
}

function positivesOf(before: Experiment, after: Experiment, { base, head }: SideRuns) {
  if (before.target !== after.target) return { from: null, to: null };
  // what cannot be compared as run is compared as written
  return base?.run && head?.run
    ? { from: base.run.positive, to: head.run.positive }
    : { from: before.positive, to: after.positive };
}

function kindOf(split: SplitOptions): string {
  return split.by === undefined ? "by row" : `by ${split.by} (${split.column})`;
}
