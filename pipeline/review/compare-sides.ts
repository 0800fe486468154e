import { compareRuns } from "../compare/compare-runs.ts";
import type { Comparison } from "../compare/comparison.ts";
import type { Column } from "../data/table.ts";
import type { ReviewJob } from "../review.ts";
import type { ReadSide, ReadSides } from "./read-sides.ts";
import type { SideRuns } from "./run-sides.ts";

/** Compares the runs of both sides, over all common rows and by slice; null when a side has none. */
export function compareSides(job: ReviewJob, sides: ReadSides, { base, head, yardstick }: SideRuns): Comparison | null {
  if (!base?.run || !head?.run) return null;
  return compareRuns(base.run, head.run, {
    metrics: job.metrics,
    sliceColumns: job.sliceColumns,
    slices: job.slices,
    level: job.level,
    seed: head.run.lineage.seed,
    headColumn: columnOf(sides.head),
    baseColumn: columnOf(sides.base),
    ...(yardstick === null ? {} : { yardstick }),
  });
}

function columnOf(side: ReadSide | null): (name: string) => Column | null {
  const columns = side?.read.ok ? side.read.value.table.columns : [];
  const byName = new Map(columns.map((column) => [column.name, column]));
  return (name) => byName.get(name) ?? null;
}
