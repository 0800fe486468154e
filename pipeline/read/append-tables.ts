import { profileTable } from "../table/profile-table.ts";
import { type CategoricalColumn, type Column, columnLength, type NumericColumn } from "../table/table.ts";
import type { ReadTable } from "./read-table.ts";

/**
 * Tables of the same columns below one another, in the column order of the first, whose format the profile tells. A column
 * is numeric when it is in every table; a table in which it is numeric but another not may only have missing cells there.
 */
export function appendTables(parts: readonly ReadTable[]): ReadTable {
  const rowCount = parts.reduce((rows, { table }) => rows + table.rowCount, 0);
  const byName = parts.map(({ table }) => new Map(table.columns.map((column) => [column.name, column])));
  const columns = parts[0]!.table.columns.map(({ name }) =>
    appendColumns(
      byName.map((known) => known.get(name)!),
      rowCount,
    ),
  );
  const table = { rowCount, columns };
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  return { table, profile: profileTable(table, parts[0]!.profile.format), bytes };
}

function appendColumns(columns: readonly Column[], rows: number): Column {
  const { name } = columns[0]!;
  if (columns.every((column): column is NumericColumn => column.type === "numeric")) {
    const values = new Float64Array(rows);
    let offset = 0;
    for (const column of columns) {
      values.set(column.values, offset);
      offset += column.values.length;
    }
    return { name, type: "numeric", values };
  }
  const known = columns.filter((column): column is CategoricalColumn => column.type === "categorical");
  const categories = [...new Set(known.flatMap((column) => column.categories))].sort();
  const position = new Map(categories.map((text, at) => [text, at]));
  const codes = new Int32Array(rows).fill(-1);
  let offset = 0;
  for (const column of columns) {
    if (column.type === "categorical") {
      const positions = column.categories.map((text) => position.get(text)!);
      for (const [row, code] of column.codes.entries()) if (code >= 0) codes[offset + row] = positions[code]!;
    }
    offset += columnLength(column);
  }
  return { name, type: "categorical", codes, categories };
}
