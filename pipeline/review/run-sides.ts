import { isDeepStrictEqual } from "node:util";
import { commonYardstick, type Yardstick } from "../compare/yardstick.ts";
import { experimentDigest } from "../experiment/experiment-digest.ts";
import type { Match } from "../match/match.ts";
import type { RunYardstick } from "../run-key.ts";
import { explainLaterRows, findLaterRows, type LaterRows } from "./later-rows.ts";
import type { ReadSide, ReadSides } from "./read-sides.ts";
import { runBeforeCut } from "./run-before-cut.ts";
import { type CachedRun, type RunContext, runThroughCache } from "./run-through-cache.ts";

/** A side's run, or why there is none; null when its revision is not ready. */
export type SideRun = CachedRun | null;

export interface SideRuns {
  base: SideRun;
  head: SideRun;
  /** By what they were judged; null unless both sides could be read. */
  yardstick: Yardstick | null;
  /** What each side's run was told to be judged by; null: its own experiment. */
  judgedBy: { base: RunYardstick | null; head: RunYardstick | null };
  /** The rows of the head's data on which both were judged, and the base's run on its own data; absent: on its own. */
  later?: { rows: LaterRows; ownBase: SideRun };
}

/** How runs are made, and where the progress of each side is told. */
export interface SideContext extends Omit<RunContext, "onProgress"> {
  onProgress: (side: "base" | "head", step: string, share: number) => void;
}

/**
 * Runs both sides so that they can be compared: by their own experiments when those agree on what is measured, else by a
 * common yardstick, in which the rows are named as the match names them. Where the positive class is chosen automatically,
 * the base's choice holds for both.
 *
 * A base that cannot be run by the head's yardstick is run by its own, and the sides count as incomparable. Rows that are
 * split by time are judged on the head's later rows, whatever the base held out.
 *
 * @param match which rows and columns are the same, or null when a side could not be read
 */
export function runSides(sides: ReadSides, match: Match | null, context: SideContext): SideRuns {
  const [before, after] = [sides.base?.revision.experiment, sides.head?.revision.experiment];
  const yardstick = match && before && after ? commonYardstick(before, after, match) : null;
  const runs = runByYardstick(sides, yardstick, context);
  return (match && runOnLaterRows(sides, match, runs, context)) ?? runs;
}

function runOnLaterRows(sides: ReadSides, match: Match, runs: SideRuns, context: SideContext): SideRuns | null {
  const { base, head, yardstick } = runs;
  if (base === head || !base?.run || !head?.run || sides.base === null || sides.head === null) return null;
  if (yardstick === null || yardstick.state === "incomparable") return null;
  const rows = findLaterRows(sides, match, head.run);
  if (rows === null) return null;
  const { revision, read } = sides.base;
  const needed = base.run.features.map(({ name }) => name);
  const { split, target } = sides.head.revision.experiment;
  const own = runs.judgedBy.base?.keyColumns ?? "own";
  const judgedBy: RunYardstick = { positive: head.run.positive, split, keyColumns: own };
  const { onProgress } = context;
  const judged = runBeforeCut({ experiment: revision.experiment, data: revision.data, read }, rows, needed, judgedBy, {
    ...context,
    onProgress: (step, share) => onProgress("base", step, share),
  });
  const reasons = explainLaterRows(rows, match, yardstick, base.run);
  if (judged.run === null) {
    const why = judged.problems.map(({ message }) => `The base cannot be run that way: ${message}`);
    return { ...runs, yardstick: { state: "incomparable", reasons: [...reasons, ...why] } };
  }
  const keyColumns = own === "own" ? null : own;
  return {
    base: judged,
    head,
    yardstick: { state: "common", target, positive: head.run.positive, split, keyColumns, reasons },
    judgedBy: { base: judgedBy, head: runs.judgedBy.head },
    later: { rows, ownBase: base },
  };
}

function runByYardstick(sides: ReadSides, yardstick: Yardstick | null, context: SideContext): SideRuns {
  const common = yardstick?.state === "common" ? toRunYardstick(yardstick, sides) : null;
  const run = (name: "base" | "head", judgedBy = common) => runSide(name, sides[name], judgedBy, context);
  const base = run("base");
  if (yardstick?.state === "common" && base?.run === null) {
    const why = base.problems.map(({ message }) => `The base cannot be run that way: ${message}`);
    const incomparable: Yardstick = { state: "incomparable", reasons: [...yardstick.reasons, ...why] };
    const judgedBy = { base: null, head: null };
    return { base: run("base", null), head: run("head", null), yardstick: incomparable, judgedBy };
  }
  const judgedBy = { base: common, head: common };
  if (base?.run && sameRun(sides)) return { base, head: base, yardstick, judgedBy };
  const head = run("head");
  const positive = positiveOfBase(base, head, sides, common);
  if (positive === null) return { base, head, yardstick, judgedBy };
  const { split } = (sides.head as ReadSide).revision.experiment;
  const corrected = { split, keyColumns: "own" as const, ...common, positive };
  return { base, head: run("head", corrected), yardstick, judgedBy: { base: common, head: corrected } };
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
  side: ReadSide | null,
  judgedBy: RunYardstick | null,
  { onProgress, ...context }: SideContext,
): SideRun {
  if (side === null) return null;
  const { experiment, data } = side.revision;
  return runThroughCache({ experiment, data, read: side.read }, judgedBy, {
    ...context,
    onProgress: (step, share) => onProgress(name, step, share),
  });
}

/** Row keys that both experiments form in the same way anyway stay their own, so that cached runs can be used. */
function toRunYardstick(common: Extract<Yardstick, { state: "common" }>, { base, head }: ReadSides): RunYardstick {
  const { positive, split, keyColumns } = common;
  const [baseKey, headKey] = [base?.revision.experiment.key, head?.revision.experiment.key];
  const own = baseKey === headKey && isDeepStrictEqual(keyColumns, headKey == null ? null : [headKey]);
  return { positive, split, keyColumns: own ? "own" : keyColumns };
}

/**
 * The base's positive class when the head took another one only because another class is rarer in its data; null when
 * there is nothing to correct.
 */
function positiveOfBase(base: SideRun, head: SideRun, sides: ReadSides, common: RunYardstick | null): string | null {
  if (!base?.run || !head?.run || base.run.positive === head.run.positive) return null;
  const declared = (common ?? sides.head?.revision.experiment)?.positive ?? null;
  if (declared !== null || base.run.positive === null || !head.run.classes.includes(base.run.positive)) return null;
  return base.run.positive;
}
