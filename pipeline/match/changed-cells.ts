import type { Table } from "../table/table.ts";
import { compareCells } from "./columns/compare-cells.ts";
import type { Match } from "./match.ts";

/**
 * How many cells of matched rows differ in these columns, by column; only columns in which some do. For rows that no key names,
 * which a match does not compare cell by cell (`columns.cells`). Cost: O(cells).
 */
export function changedCells(
  base: Table,
  head: Table,
  { rows }: Pick<Match, "rows">,
  columns: readonly string[],
): { column: string; changed: number }[] {
  return compareCells(base, head, rows, columns).cells;
}
