import { dataName } from "../experiment/data-name.ts";
import type { Experiment } from "../experiment/experiment.ts";
import type { Task } from "../metrics/metric.ts";
import type { ReadTable } from "../read/read-table.ts";
import type { Run } from "../run.ts";
import { runKey } from "../run-key.ts";
import { divideRows } from "../split/divide-rows.ts";
import { keyColumnKeys } from "../split/key-column.ts";
import { rowNames } from "../split/row-names.ts";
import { type Selection, selectFeatures } from "../split/select-features.ts";
import type { ColumnProfile } from "../table/profile.ts";
import type { Column, Table } from "../table/table.ts";
import type { IntegrityEntry } from "./integrity-report.ts";

/** One revision's table seen as its experiment sees it. */
export interface ExaminedSide {
  table: Table;
  /** By column name. */
  profiles: ReadonlyMap<string, ColumnProfile>;
  /** In file order. */
  features: readonly Column[];
  target: string;
  key: string | null;
  /** The column that says when a row was observed. */
  time: Column | null;
  /** How the experiment divides its rows. */
  splitBy: "hash" | "group" | "time";
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

/** One thing that was found on one side. */
export type Measured = Omit<IntegrityEntry, "severity" | "baseValue" | "isNew" | "rows"> & {
  /** The rows it is about, by number, in the table of a side. */
  rows?: { of: Pick<ExaminedSide, "table" | "features" | "target" | "key">; numbers: Int32Array };
};

/**
 * A side as its own experiment splits it; null when the table is not the one that was run.
 *
 * A run that was judged by keys which both revisions share may have held out other rows. A change of the key can leak
 * all the same, and would once it is merged.
 *
 * @param time name of the column of times, by default the one that the experiment names
 */
export function examineSide(
  { table, profile }: ReadTable,
  run: Run,
  time = timeColumn(run.experiment),
): ExaminedSide | null {
  const { experiment } = run;
  const selected = selectFeatures(table, experiment, [run.task]);
  if (!selected.ok) return null;
  const { target, features, key, rows } = selected.value;
  const heldOut = new Uint8Array(table.rowCount);
  for (const row of ownHoldout(table, run, selected.value) ?? run.holdout.rows) heldOut[row] = 1;
  return {
    table,
    profiles: new Map(profile.columns.map((column) => [column.name, column])),
    features,
    target: experiment.target,
    key: key?.name ?? null,
    time: table.columns.find(({ name }) => name === time) ?? null,
    splitBy: experiment.split.by ?? "hash",
    declared: experiment.columns,
    task: run.task,
    classes: target.classes,
    labels: target.values,
    train: rows.filter((row) => heldOut[row] === 0),
    holdout: rows.filter((row) => heldOut[row] === 1),
  };
}

/** The column by which an experiment dates its rows: declared, or the one that splits them by time; null when there is none. */
export function timeColumn({ time, split }: Experiment): string | null {
  return time ?? (split.by === "time" ? split.column : null);
}

/** The hold-out by the experiment's own keys and split when the run's may be others; else null. */
function ownHoldout(
  table: Table,
  { key: name, experiment, lineage }: Run,
  { key, split: column, rows }: Selection,
): Int32Array | null {
  if (name === runKey(experiment, lineage.dataBlob, null)) return null;
  const named = key === null ? null : keyColumnKeys(key, dataName(experiment));
  if (named?.ok === false) return null;
  const keys = named?.value ?? rowNames(table, null);
  const split = divideRows({ keys, rows, split: experiment.split, column }, dataName(experiment));
  return split.ok ? split.value.holdout : null;
}
