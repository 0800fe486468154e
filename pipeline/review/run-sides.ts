import { commonYardstick, type Yardstick } from "../compare/yardstick.ts";
import { experimentDigest } from "../experiment/experiment-digest.ts";
import type { Match } from "../match/match.ts";
import type { RunYardstick } from "../run-key.ts";
import { type BaseTerms, baseTerms } from "./base-terms.ts";
import type { ReadSide, ReadSides } from "./read-sides.ts";
import { runByBase } from "./run-by-base.ts";
import { type CachedRun, type RunContext, runThroughCache } from "./run-through-cache.ts";

/** A side's run, or why there is none; null when its revision is not ready. */
export type SideRun = CachedRun | null;

export interface SideRuns {
  /** Each side by its own experiment on its own data. Where the positive class is chosen automatically, the base's choice holds. */
  base: SideRun;
  head: SideRun;
  /** How the sides' yardsticks differ; null unless both sides could be read. */
  yardstick: Yardstick | null;
  /** The base's hold-out in both tables, and the head's experiment judged on it; null where they can't be compared. */
  byBase: { terms: BaseTerms; head: CachedRun } | null;
}

/** How runs are made, and where the progress of each side is told. */
export interface SideContext extends Omit<RunContext, "onProgress"> {
  onProgress: (side: "base" | "head", step: string, share: number) => void;
}

/**
 * Runs both sides by their own experiments, and the head's experiment once more by the base's terms where its own run did not
 * divide the rows as the base does: what is gated stands on the base's hold-out, whatever the head changes in it.
 *
 * @param match which rows and columns are the same, or null when a side could not be read
 */
export function runSides(sides: ReadSides, match: Match | null, context: SideContext): SideRuns {
  const [before, after] = [sides.base?.revision.experiment, sides.head?.revision.experiment];
  const yardstick = match && before && after ? commonYardstick(before, after, match) : null;
  const base = runSide("base", sides, null, context);
  const head = base?.run && sameRun(sides) ? base : runHead(sides, base, context);
  const own = { base, head, yardstick };
  if (match === null || !base?.run || !head?.run || yardstick?.state === "incomparable")
    return { ...own, byBase: null };
  const terms = baseTerms(sides, match, base.run, head.run);
  if (terms === null || sides.head === null) return { ...own, byBase: null };
  const { revision, read } = sides.head;
  const again = runByBase({ ...revision, read }, terms, base.run, head.run, {
    ...context,
    onProgress: (step, share) => context.onProgress("head", step, share),
  });
  return { ...own, byBase: { terms, head: again } };
}

function runHead(sides: ReadSides, base: SideRun, context: SideContext): SideRun {
  const head = runSide("head", sides, null, context);
  const positive = positiveOfBase(base, head, sides);
  if (positive === null || sides.head === null) return head;
  const { split } = sides.head.revision.experiment;
  return runSide("head", sides, { split, keyColumns: "own", positive }, context);
}

function sameRun({ base, head }: ReadSides): boolean {
  if (base === null || head === null) return false;
  return (
    base.revision.data.blob === head.revision.data.blob &&
    experimentDigest(base.revision.experiment) === experimentDigest(head.revision.experiment)
  );
}

function runSide(
  name: "base" | "head",
  sides: ReadSides,
  judgedBy: RunYardstick | null,
  { onProgress, ...context }: SideContext,
): SideRun {
  const side: ReadSide | null = sides[name];
  if (side === null) return null;
  const { experiment, data } = side.revision;
  return runThroughCache({ experiment, data, read: side.read }, judgedBy, {
    ...context,
    onProgress: (step, share) => onProgress(name, step, share),
  });
}

/**
 * The base's positive class when the head took another one only because another class is rarer in its data; null when
 * there is nothing to correct.
 */
function positiveOfBase(base: SideRun, head: SideRun, sides: ReadSides): string | null {
  if (!base?.run || !head?.run || base.run.positive === head.run.positive) return null;
  if (sides.head?.revision.experiment.positive !== null) return null;
  if (base.run.positive === null || !head.run.classes.includes(base.run.positive)) return null;
  return base.run.positive;
}
