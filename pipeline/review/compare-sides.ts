import { compareRuns } from "../compare/compare-runs.ts";
import type { Comparison } from "../compare/comparison.ts";
import type { Match } from "../match/match.ts";
import type { Column } from "../table/table.ts";
import { explainMatch } from "./explain-match.ts";
import { matchSides } from "./match-sides.ts";
import { measureSeedNoise } from "./measure-seed-noise.ts";
import type { ReviewJob } from "./model-review.ts";
import type { ReadSide, ReadSides } from "./read-sides.ts";
import type { SideRuns } from "./run-sides.ts";

/**
 * Compares the runs of both sides, over all common rows and by slice, those that were asked for and those in which the
 * head got worse; null when a side has no run.
 */
export function compareSides(job: ReviewJob, sides: ReadSides, match: Match | null, runs: SideRuns): Comparison | null {
  const { base, head, yardstick } = runs;
  if (!base?.run || !head?.run || match === null) return null;
  const noise = measureSeedNoise(sides, runs, job.experimentPath);
  // both are judged on rows of the head's data
  const rows = (runs.later && matchSides({ base: sides.head, head: sides.head })) ?? match;
  return explainMatch(
    compareRuns(base.run, head.run, rows, {
      metrics: job.metrics,
      sliceColumns: job.sliceColumns,
      slices: job.slices,
      level: job.level,
      seed: head.run.lineage.seed,
      headColumn: columnOf(sides.head),
      baseColumn: columnOf(runs.later ? sides.head : sides.base),
      // one run on both sides has no slice that got worse
      ...(base === head ? {} : { discover: head.run.features.map(({ name }) => name) }),
      ...(yardstick === null ? {} : { yardstick }),
      ...(noise === undefined ? {} : { seedNoise: noise }),
    }),
    match,
    sides,
  );
}

function columnOf(side: ReadSide | null): (name: string) => Column | null {
  const columns = side?.read.ok ? side.read.value.table.columns : [];
  const byName = new Map(columns.map((column) => [column.name, column]));
  return (name) => byName.get(name) ?? null;
}
