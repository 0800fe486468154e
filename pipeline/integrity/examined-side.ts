import type { ColumnProfile } from "../data/profile.ts";
import type { ReadTable } from "../data/read-table.ts";
import { selectFeatures } from "../data/select-features.ts";
import type { Column, Table } from "../data/table.ts";
import type { Task } from "../metrics/metric.ts";
import type { Run } from "../run.ts";

/** One revision's table seen as its experiment sees it. */
export interface ExaminedSide {
  table: Table;
  /** By column name. */
  profiles: ReadonlyMap<string, ColumnProfile>;
  /** In file order. */
  features: readonly Column[];
  target: string;
  key: string | null;
  /** Columns whose type the experiment declares. */
  declared: Readonly<Record<string, "numeric" | "categorical">>;
  task: Task;
  /** Empty for regression. */
  classes: readonly string[];
  /** Per table row: class index (−1: missing), or the value (NaN: missing). */
  labels: Int32Array | Float64Array;
  /** Table rows, by number. */
  train: Int32Array;
  holdout: Int32Array;
}

/** A side as its run used it; null when the table is not the one that was run. */
export function examineSide({ table, profile }: ReadTable, run: Run): ExaminedSide | null {
  const { experiment } = run;
  const selected = selectFeatures(table, experiment, [run.task]);
  if (!selected.ok) return null;
  const { target, features, key, rows } = selected.value;
  const heldOut = new Uint8Array(table.rowCount);
  for (const row of run.holdout.rows) heldOut[row] = 1;
  return {
    table,
    profiles: new Map(profile.columns.map((column) => [column.name, column])),
    features,
    target: experiment.target,
    key: key?.name ?? null,
    declared: experiment.columns,
    task: run.task,
    classes: target.classes,
    labels: target.values,
    train: rows.filter((row) => heldOut[row] === 0),
    holdout: rows.filter((row) => heldOut[row] === 1),
  };
}

/** Cells of a column that are not missing. */
export function knownCells({ table }: ExaminedSide, profile: ColumnProfile): number {
  return table.rowCount - profile.missing;
}
