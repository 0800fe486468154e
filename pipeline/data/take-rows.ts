import type { Column, Table } from "./table.ts";

/** The given zero-based rows of a table, in the order given. Categories keep their codes. */
export function takeRows({ columns, contentKeys }: Table, rows: Int32Array): Table {
  return {
    rowCount: rows.length,
    columns: columns.map((column): Column => {
      if (column.type === "numeric")
        return { ...column, values: Float64Array.from(rows, (row) => column.values[row]!) };
      return { ...column, codes: rows.map((row) => column.codes[row]!) };
    }),
    contentKeys: Array.from(rows, (row) => contentKeys[row]!),
  };
}
