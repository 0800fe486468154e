import { isDeepStrictEqual } from "node:util";
import type { RunCache } from "../child/run-cache.ts";
import { commonYardstick, type Yardstick } from "../compare/yardstick.ts";
import { experimentDigest } from "../experiment/experiment-digest.ts";
import type { Problem } from "../problem.ts";
import { type Run, runExperiment } from "../run.ts";
import { type RunYardstick, runKey } from "../run-key.ts";
import type { ReadSide, ReadSides } from "./read-sides.ts";

/** A side's run, or why there is none; null when its revision is not ready. */
export type SideRun = { run: Run; cached: boolean } | { run: null; problems: Problem[] } | null;

export interface SideRuns {
  base: SideRun;
  head: SideRun;
  /** By what they were judged; null unless both sides could be read. */
  yardstick: Yardstick | null;
}

export interface RunContext {
  cache: RunCache;
  experimentPath: string;
  onProgress: (side: "base" | "head", step: string, share: number) => void;
}

/**
 * Runs both sides so that they can be compared: by their own experiments when those agree on what is measured, else by a
 * common yardstick. Where the positive class is chosen automatically, the base's choice holds for both.
 *
 * A base that cannot be run by the head's yardstick is run by its own, and the sides count as incomparable.
 */
export function runSides(sides: ReadSides, context: RunContext): SideRuns {
  const yardstick = findYardstick(sides);
  const common = yardstick?.state === "common" ? toRunYardstick(yardstick, sides) : null;
  const run = (name: "base" | "head", judged = common) => runSide(name, sides[name], judged, context);
  const base = run("base");
  if (yardstick?.state === "common" && base?.run === null) {
    const why = base.problems.map(({ message }) => `The base cannot be run that way: ${message}`);
    const reasons = [...yardstick.reasons, ...why];
    return { base: run("base", null), head: run("head", null), yardstick: { state: "incomparable", reasons } };
  }
  if (base?.run && sameRun(sides)) return { base, head: base, yardstick };
  const head = run("head");
  const positive = positiveOfBase(base, head, sides, common);
  if (positive === null) return { base, head, yardstick };
  const { split } = (sides.head as ReadSide).revision.experiment;
  return { base, head: run("head", { split, keyColumns: "own", ...common, positive }), yardstick };
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
  yardstick: RunYardstick | null,
  { cache, experimentPath, onProgress }: RunContext,
): SideRun {
  if (side === null) return null;
  const { revision, read } = side;
  if (!read.ok) return { run: null, problems: read.problems };
  const { experiment, data } = revision;
  const known = cache.get(runKey(experiment, data.blob, yardstick));
  if (known !== null) return { run: known, cached: true };
  const ran = runExperiment(
    { experiment, experimentPath, dataBlob: data.blob, ...read.value, notes: read.notes },
    { yardstick, onProgress: ({ step, share }) => onProgress(name, step, share) },
  );
  if (!ran.ok) return { run: null, problems: ran.problems };
  cache.set(ran.value);
  return { run: ran.value, cached: false };
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
