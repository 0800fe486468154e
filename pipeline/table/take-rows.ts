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
  if (column.type === "numeric") {
    const values = new Float64Array(rows.length);
    for (let at = 0; at < rows.length; at++) values[at] = column.values[rows[at]!]!;
    return { ...column, values };
  }
  return { ...column, codes: rows.map((row) => column.codes[row]!) };
}
