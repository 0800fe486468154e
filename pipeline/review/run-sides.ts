import { isDeepStrictEqual } from "node:util";
import { commonYardstick, type Yardstick } from "../compare/yardstick.ts";
import { fewRowsPair, type YardstickSide, yardstickByUnchanged } from "../compare/yardstick-by-unchanged.ts";
import { experimentDigest } from "../experiment/experiment-digest.ts";
import type { SchemaDiff } from "../match/schema-diff.ts";
import type { RunYardstick } from "../run-key.ts";
import { refuseMovedTarget } from "./explain-moves.ts";
import { explainLaterRows, findLaterRows, type LaterRows } from "./later-rows.ts";
import { nameOtherObservations, refuseOtherObservations } from "./other-observations.ts";
import type { ReadSide, ReadSides } from "./read-sides.ts";
import { findReassignedKeys, type ReassignedKeys, yardstickWithoutKeys } from "./reassigned-keys.ts";
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
 * common yardstick. Where the positive class is chosen automatically, the base's choice holds for both.
 *
 * A base that cannot be run by the head's yardstick is run by its own, and the sides count as incomparable. When hardly
 * any row is found on both sides, because a column was written anew, both are run again by the columns that stayed. Rows
 * that are split by time are judged on the head's later rows, whatever the base held out. A target that changed places
 * with another column is incomparable. Where the values of the key were given to other rows, the other columns name the rows; where they name
 * other observations, the sides are incomparable.
 *
 * @param schema how the columns of both sides differ, or null when a side could not be read
 */
export function runSides(
  sides: ReadSides,
  schema: SchemaDiff | null,
  context: SideContext,
  reassigned: ReassignedKeys | null = findReassignedKeys(sides),
): SideRuns {
  const refusal = refuseMovedTarget(sides, schema) ?? refuseOtherObservations(sides, schema);
  const yardstick = refusal ?? yardstickWithoutKeys(findYardstick(sides), reassigned, sides);
  const runs = runByYardstick(sides, yardstick, context);
  const later = runOnLaterRows(sides, runs, context);
  if (later !== null) return later;
  if (!tooFewPairs(runs)) return runs;
  const stayed = findUnchanged(sides, runs.yardstick);
  if (stayed?.state !== "common" || nameOtherObservations(sides, stayed.keyColumns)) return runs;
  const again = runByYardstick(sides, stayed, context);
  return again.yardstick?.state === "incomparable" || tooFewPairs(again) ? runs : again;
}

function runOnLaterRows(sides: ReadSides, runs: SideRuns, context: SideContext): SideRuns | null {
  const { base, head, yardstick } = runs;
  if (base === head || !base?.run || !head?.run || sides.base === null || sides.head === null) return null;
  if (yardstick === null || yardstick.state === "incomparable") return null;
  const rows = findLaterRows(sides, head.run);
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
  const reasons = explainLaterRows(rows, sides, yardstick, base.run);
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

function tooFewPairs({ base, head }: SideRuns): boolean {
  return base !== head && !!base?.run && !!head?.run && fewRowsPair(base.run.holdout.keys, head.run.holdout.keys);
}

function findUnchanged({ base, head }: ReadSides, found: Yardstick | null): Yardstick | null {
  if (found === null || found.state === "incomparable") return null;
  const side = (one: ReadSide | null): YardstickSide | null =>
    one?.read.ok ? { experiment: one.revision.experiment, table: one.read.value.table } : null;
  const [before, after] = [side(base), side(head)];
  return before === null || after === null ? null : yardstickByUnchanged(before, after, found);
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

function findYardstick({ base, head }: ReadSides): Yardstick | null {
  if (!base?.read.ok || !head?.read.ok) return null;
  const names = ({ read }: ReadSide) => (read.ok ? read.value.table.columns.map(({ name }) => name) : []);
  return commonYardstick(base.revision.experiment, head.revision.experiment, names(base), names(head));
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
