import type { Table } from "../table/table.ts";
import { rowHashes } from "./row-hashes.ts";

/** Rows with equal cells share a group; groups are numbered by their first row. */
export interface RowGroups {
  /** Per table row, below `count`. */
  groups: Int32Array;
  count: number;
}

/** Groups the rows of one table whose cells are equal in all of these columns; missing equals missing. Cost: O(cells). */
export function groupRows(table: Table, columns: readonly string[]): RowGroups {
  const hashes = rowHashes(table, columns);
  const groups = new Int32Array(table.rowCount);
  const mask = 2 ** Math.ceil(Math.log2(2 * table.rowCount + 1)) - 1;
  // the number of a group's first row, plus one
  const slots = new Int32Array(mask + 1);
  let count = 0;
  for (let row = 0; row < table.rowCount; row++) {
    const [first, second] = [hashes[2 * row]!, hashes[2 * row + 1]!];
    for (let slot = (first ^ (second >>> 7)) & mask; ; slot = (slot + 1) & mask) {
      const other = slots[slot]! - 1;
      if (other >= 0 && (hashes[2 * other] !== first || hashes[2 * other + 1] !== second)) continue;
      if (other < 0) slots[slot] = row + 1;
      groups[row] = other < 0 ? count++ : groups[other]!;
      break;
    }
  }
  return { groups, count };
}
