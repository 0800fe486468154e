import type { Table } from "../../table/table.ts";
import type { RowPairs } from "../row-pairs.ts";

/**
 * Rows by their place in the file. It says nothing about which row is which, so it never names rows; but it shows that the
 * values of a column stand under another name, where nothing else pairs the rows.
 */
export function pairByPlace(base: Table, head: Table): RowPairs {
  const rows = Int32Array.from({ length: Math.min(base.rowCount, head.rowCount) }, (_, row) => row);
  return { base: rows, head: rows };
}
