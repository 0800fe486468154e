import { limits } from "../match/limits.ts";
import type { Match } from "../match/match.ts";
import type { Run } from "../run.ts";
import { readTimes } from "../split/read-times.ts";
import type { Table } from "../table/table.ts";
import type { ReadSides } from "./read-sides.ts";

/** Rows of the head's data, later than everything that either model may learn from. */
export interface LaterRows {
  /** The column of times, and the first time that is held out. */
  column: string;
  cut: number;
  /** The cut as the data writes it. */
  from: string;
  /** The head's data, and its zero-based rows that are held out, with their names in the order of the head's hold-out. */
  table: Table;
  rows: readonly number[];
  keys: readonly string[];
  /** The run whose hold-out this is. */
  head: Pick<Run, "key" | "positive">;
}

/**
 * The head's hold-out when rows are split by time and the head's data is another; null otherwise. Later rows that are added
 * move the cut, so that both sides hardly hold out the same rows; but whoever learned from earlier rows can be judged on them.
 */
export function findLaterRows(
  { base, head }: ReadSides,
  { unchanged, columns, reassignedKey }: Match,
  run: Run,
): LaterRows | null {
  if (!base?.read.ok || !head?.read.ok || base.read === head.read) return null;
  const { split } = head.revision.experiment;
  if (split.by !== "time") return null;
  const { table } = head.read.value;
  // rows whose key is another one are not as they were
  if (columns.moved.length > 0 || reassignedKey !== null) return null;
  // else later rows may mean something else
  if (unchanged.base.length < limits.nearlyAll * base.read.value.table.rowCount) return null;
  const column = table.columns.find(({ name }) => name === split.column);
  if (column === undefined || run.holdout.rows.length === 0) return null;
  const times = readTimes(column).values;
  const first = run.holdout.rows.reduce((best, row) => (times[row]! < times[best]! ? row : best));
  const from = column.type === "numeric" ? `${column.values[first]}` : column.categories[column.codes[first]!]!;
  const keys = run.holdout.keys.map((key) => key.slice(0, key.lastIndexOf("#")));
  const { key, positive } = run;
  return {
    column: split.column,
    cut: times[first]!,
    from,
    table,
    rows: run.holdout.rows,
    keys,
    head: { key, positive },
  };
}
