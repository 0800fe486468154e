import type { Refusal } from "../doubt.ts";
import type { DoubtFinder } from "./doubt-finder.ts";

/** Under the target's name are other labels: its values moved, or it took in those of another column. */
export const movedTarget: DoubtFinder<Refusal> = ({ base, head, changes }) => {
  const { moved } = changes.columns;
  const away = moved.find(({ from }) => from === base.experiment.target) ?? null;
  const taken = moved.find(({ to }) => to === head.experiment.target) ?? null;
  return away === null && taken === null ? null : { kind: "target-moved", away, taken, moved: moved.length };
};
