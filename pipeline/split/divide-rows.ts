import type { SplitOptions } from "../experiment/experiment.ts";
import type { Outcome } from "../problem.ts";
import type { Column } from "../table/table.ts";
import { formatCount } from "../words.ts";
import { partitionRows, type SplitRows } from "./partition-rows.ts";
import { splitByGroup } from "./split-by-group.ts";
import { splitByTime } from "./split-by-time.ts";
import { splitRows } from "./split-rows.ts";

export interface Division {
  /** Row key per table row. */
  keys: readonly string[];
  /** The rows to divide; each side keeps their order. */
  rows: Int32Array;
  split: SplitOptions;
  /** The column that `split` names; null when it names none. */
  column: Column | null;
  /** Rows to hold out instead of those that `split` would choose. */
  heldOut?: ReadonlySet<number> | undefined;
}

/** Divides rows into training and hold-out, as the experiment says. */
export function divideRows({ keys, rows, split, column, heldOut }: Division, path: string): Outcome<SplitRows> {
  if (heldOut !== undefined) {
    const written = `${formatCount(heldOut.size)} given rows`;
    return partitionRows(rows, (row) => heldOut.has(row), path, { written, remedy: "Give rows that can be used." });
  }
  if (split.by === undefined || column === null) return splitRows(keys, rows, split, path);
  return split.by === "time" ? splitByTime(column, rows, split, path) : splitByGroup(column, rows, split, path);
}
