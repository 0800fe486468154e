import { isDeepStrictEqual } from "node:util";
import type { Yardstick } from "../compare/yardstick.ts";
import type { Match } from "../match/match.ts";
import type { Problem } from "../problem.ts";
import type { Run } from "../run.ts";
import type { RunYardstick } from "../run-key.ts";
import { findLaterRows, type LaterRows } from "./later-rows.ts";
import type { ReadSides } from "./read-sides.ts";
import { runBeforeCut } from "./run-before-cut.ts";
import type { SideContext, SideRuns } from "./run-sides.ts";
import { type CachedRun, type RunContext, runThroughCache } from "./run-through-cache.ts";

/** Both sides by the head's yardstick, beside what the gates stand on; or why the base cannot be judged that way. */
export type HeadView = { base: Run; head: Run; later: LaterRows | null } | { base: null; problems: readonly Problem[] };

/**
 * Runs both sides as the head wants them judged: by its positive class, split and key; where rows are split by time, on its later
 * rows, to which the base learns from all that is earlier. Null where that is no other view than the base's: the head changed
 * nothing about it.
 */
export function runByHead(
  sides: ReadSides,
  match: Match | null,
  runs: SideRuns,
  context: SideContext,
): HeadView | null {
  const { base, head, yardstick, byBase } = runs;
  if (match === null || byBase === null || base === head || !base?.run || !head?.run) return null;
  const later = findLaterRows(sides, match, head.run);
  if (later !== null) return beforeCut(sides, later, base.run, head.run, context);
  if (yardstick?.state === "common" && yardstick.declared) return byYardstick(sides, yardstick, context);
  const held = new Set(base.run.holdout.rows);
  const relabelled = match.relabelled.base.some((row) => held.has(row));
  const rekeyed = base.run.experiment.key !== head.run.experiment.key;
  return relabelled || rekeyed ? { base: base.run, head: head.run, later: null } : null;
}

function beforeCut(sides: ReadSides, later: LaterRows, base: Run, head: Run, context: SideContext): HeadView {
  const { revision, read } = sides.base!;
  const { split } = sides.head!.revision.experiment;
  const needed = base.features.map(({ name }) => name);
  const judgedBy: RunYardstick = { positive: head.positive, split, keyColumns: "own" };
  const ran = runBeforeCut({ ...revision, read }, later, needed, judgedBy, told(context, "base"));
  return ran.run === null ? { base: null, problems: ran.problems } : { base: ran.run, head, later };
}

function byYardstick(
  sides: ReadSides,
  yardstick: Extract<Yardstick, { state: "common" }>,
  context: SideContext,
): HeadView {
  const judgedBy = toRunYardstick(yardstick, sides);
  const run = (name: "base" | "head"): CachedRun => {
    const { revision, read } = sides[name]!;
    return runThroughCache({ ...revision, read }, judgedBy, told(context, name));
  };
  const base = run("base");
  if (base.run === null) return { base: null, problems: base.problems };
  const head = run("head");
  return head.run === null ? { base: null, problems: head.problems } : { base: base.run, head: head.run, later: null };
}

/** Row keys that both experiments form in the same way anyway stay their own, so that cached runs can be used. */
function toRunYardstick(common: Extract<Yardstick, { state: "common" }>, { base, head }: ReadSides): RunYardstick {
  const { positive, split, keyColumns } = common;
  const [baseKey, headKey] = [base?.revision.experiment.key, head?.revision.experiment.key];
  const own = baseKey === headKey && isDeepStrictEqual(keyColumns, headKey == null ? null : [headKey]);
  return { positive, split, keyColumns: own ? "own" : keyColumns };
}

function told({ onProgress, ...context }: SideContext, side: "base" | "head"): RunContext {
  return { ...context, onProgress: (step, share) => onProgress(side, step, share) };
}
