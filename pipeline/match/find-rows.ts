import type { Table } from "../table/table.ts";
import { rowHashes } from "./row-hashes.ts";

/** Where the rows of one table are in another, by what both hold in some columns. */
export interface FoundRows {
  /** Per row of the first table: the zero-based row of the other one; −1 where there is none, or a cell is missing. */
  rows: Int32Array;
  /** Rows of the other table whose content an earlier one has. */
  repeated: number;
}

/** Finds the rows of one table in another; `007` and `7` are the same when one of them has only numbers there. */
export function findRows(table: Table, among: Table, columns: readonly string[]): FoundRows {
  const places = new Map<string, number>();
  let repeated = 0;
  for (const [row, name] of namesOf(among, columns).entries()) {
    if (name === null) continue;
    if (places.has(name)) repeated++;
    else places.set(name, row);
  }
  const rows = Int32Array.from(namesOf(table, columns), (name) => (name === null ? -1 : (places.get(name) ?? -1)));
  return { rows, repeated };
}

/** Null where one of the cells is missing. */
function namesOf(table: Table, columns: readonly string[]): (string | null)[] {
  const hashes = rowHashes(table, columns);
  const used = table.columns.filter(({ name }) => columns.includes(name));
  return Array.from({ length: table.rowCount }, (_, row) => {
    const missing = used.some((column) =>
      column.type === "numeric" ? Number.isNaN(column.values[row]!) : column.codes[row]! < 0,
    );
    return missing ? null : `${hashes[2 * row]} ${hashes[2 * row + 1]}`;
  });
}
