import type { Experiment } from "../experiment/experiment.ts";
import type { Column } from "../table/table.ts";
import { valueNames } from "./value-names.ts";

/**
 * The group of each of these data rows, from 0: by the column of a split by group, otherwise by the declared key, because rows
 * of one key are of one person, day or place. Absent when no group has two of the rows: then these are independent.
 */
export function groupsOfRows(
  rows: Int32Array,
  { split, key }: Pick<Experiment, "split" | "key">,
  columnOf: (name: string) => Column | null,
): Int32Array | undefined {
  const name = split.by === "group" ? split.column : key;
  const column = name === null ? null : columnOf(name);
  if (column === null) return undefined;
  const values = valueNames(column);
  return whereRepeated(numberGroups(Array.from(rows, (row) => values[row] ?? "")));
}

/** Groups of one row each are rows. */
export function whereRepeated(groups: Int32Array): Int32Array | undefined {
  return new Set(groups).size < groups.length ? groups : undefined;
}

/** Groups of rows as numbers from 0 in the order of their first row. */
export function numberGroups(names: ArrayLike<string | number>): Int32Array {
  const places = new Map<string | number, number>();
  return Int32Array.from(names, (name) => {
    const place = places.get(name) ?? places.size;
    places.set(name, place);
    return place;
  });
}
