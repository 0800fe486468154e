import type { Table } from "../../table/table.ts";
import { joinPairs } from "../join-pairs.ts";
import { limits } from "../limits.ts";
import type { RowPairs } from "../row-pairs.ts";
import { rowsWithout } from "../rows-without.ts";
import { movesByRows } from "./moves-by-rows.ts";
import { movesByValues } from "./moves-by-values.ts";
import type { ColumnMatch } from "./one-to-one.ts";
import { pairByPlace } from "./pair-by-place.ts";
import { pairRearrangedRows } from "./pair-rearranged-rows.ts";

/**
 * Finds columns whose values are now under another name that exists as well, as when a column of a file without a header
 * changes its place, or two columns change names with each other. Names that exist on one side only count when the other
 * one exists on both: else the column was renamed.
 *
 * Rows are paired by their key, or by what they hold, whatever the columns are called; where that finds too few, as when a
 * column was dropped and the names of the others shifted, by their place in the file. Where no place tells anything,
 * only columns whose values nearly all differ are compared, by their values.
 *
 * @param head with renamed columns under their names in the base
 * @param equal rows that hold the same under the same names
 * @param keyed rows of one key, or null when none names rows
 */
export function findMoves(base: Table, head: Table, equal: RowPairs, keyed: RowPairs | null): ColumnMatch[] {
  const smaller = Math.min(base.rowCount, head.rowCount);
  if (smaller - equal.base.length < limits.fewestChanged) return [];
  const tell = (pairs: RowPairs) => pairs.base.length >= limits.mostly * smaller;
  if (keyed !== null && tell(keyed)) return movesByRows(base, head, keyed);
  const others = { base: rowsWithout(base.rowCount, equal.base), head: rowsWithout(head.rowCount, equal.head) };
  const content = joinPairs(equal, pairRearrangedRows(base, head, others));
  if (tell(content)) return movesByRows(base, head, content);
  const inPlace = movesByRows(base, head, pairByPlace(base, head));
  return inPlace.length > 0 ? inPlace : movesByValues(base, head);
}
