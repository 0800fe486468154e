import type { Experiment } from "../experiment/experiment.ts";
import { rowHashes } from "../match/row-hashes.ts";
import { hashToUnit, hexOfHash } from "../stats/hash.ts";
import type { Column, Table } from "../table/table.ts";
import { readTimes } from "./read-times.ts";
import { valueNames } from "./value-names.ts";

/** A table that was divided: its experiment and the zero-based rows that it holds out. */
export interface DividedTable {
  table: Table;
  experiment: Pick<Experiment, "split" | "key">;
  heldOut: readonly number[];
}

/**
 * On which side a row of another table would be that the divided one does not have, as its split puts rows: by the hash of the
 * key, or else of the content; from the first time on that is held out; on the side of its group. True: held out. Where the
 * other table lacks the column that splits, every row may be learned from.
 *
 * @param columnOf a column of the other table by its name in the divided one
 */
export function holdOutAsBase(
  { table, experiment: { split, key }, heldOut }: DividedTable,
  other: Table,
  columnOf: (name: string) => Column | null,
): (row: number) => boolean {
  if (split.by === undefined) {
    const column = key === null ? null : columnOf(key);
    const names = column === null ? null : valueNames(column);
    const contentOf = (row: number) => hexOfHash(rowHashes(other, null), 2 * row);
    return (row) => hashToUnit(names?.[row] ?? contentOf(row), split.seed) < split.holdout;
  }
  const [own, column] = [table.columns.find(({ name }) => name === split.column), columnOf(split.column)];
  if (own === undefined || column === null) return () => false;
  if (split.by === "time") {
    const known = readTimes(own).values;
    const cut = heldOut.reduce((first, row) => Math.min(first, known[row]!), Number.POSITIVE_INFINITY);
    const times = readTimes(column).values;
    // what has no time may be of any
    return (row) => !(times[row]! < cut);
  }
  const groups = valueNames(own);
  const held = new Set(heldOut.map((row) => groups[row]));
  const known = new Set(groups);
  const names = valueNames(column);
  return (row) => {
    const name = names[row] ?? null;
    if (known.has(name)) return held.has(name);
    return name !== null && hashToUnit(name, split.seed) < split.holdout;
  };
}
