import type { Column, Table } from "./table.ts";

/** The given zero-based rows of a table, in the order given. Categories keep their codes. */
export function takeRows({ columns }: Table, rows: Int32Array): Table {
  return {
    rowCount: rows.length,
    columns: columns.map((column) => takeCells(column, rows)),
  };
}

/** A column's cells in the given zero-based rows, in the order given. */
export function takeCells(column: Column, rows: Int32Array): Column {
  return column.type === "numeric"
    ? { ...column, values: takeValues(column.values, rows) }
    : { ...column, codes: takeValues(column.codes, rows) };
}

/** The values in the given zero-based places, in the order given. */
export function takeValues<T extends Int32Array | Float64Array>(values: T, places: ArrayLike<number>): T {
  const taken = values instanceof Int32Array ? new Int32Array(places.length) : new Float64Array(places.length);
  for (let at = 0; at < places.length; at++) taken[at] = values[places[at]!]!;
  return taken as T;
}
