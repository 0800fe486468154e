import type { Table } from "../table/table.ts";
import { movesByRows } from "./moves-by-rows.ts";
import { movesByValues } from "./moves-by-values.ts";
import type { RowPairs } from "./pair-equal-rows.ts";
import { pairRearrangedRows } from "./pair-rearranged-rows.ts";
import type { SchemaDiff } from "./schema-diff.ts";

/** Fewer rows that have no equal one on the other side are no moved column. */
const fewestOthers = 10;
/** Rows that are paired tell what moved when they are at least this share of the smaller table. */
const mostRows = 0.5;

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
export function findMoves(
  base: Table,
  head: Table,
  equal: RowPairs,
  keyed: RowPairs | null,
): NonNullable<SchemaDiff["moved"]> {
  const smaller = Math.min(base.rowCount, head.rowCount);
  if (smaller - equal.base.length < fewestOthers) return [];
  const tell = (pairs: RowPairs) => pairs.base.length >= mostRows * smaller;
  if (keyed !== null && tell(keyed)) return movesByRows(base, head, keyed);
  const others = { base: without(equal.base, base.rowCount), head: without(equal.head, head.rowCount) };
  const content = joined(equal, pairRearrangedRows(base, head, others));
  if (tell(content)) return movesByRows(base, head, content);
  const places = Int32Array.from({ length: smaller }, (_, row) => row);
  const inPlace = movesByRows(base, head, { base: places, head: places });
  return inPlace.length > 0 ? inPlace : movesByValues(base, head);
}

function without(rows: Int32Array, count: number): Int32Array {
  const taken = new Uint8Array(count);
  for (const row of rows) taken[row] = 1;
  const left = new Int32Array(count - rows.length);
  let place = 0;
  for (let row = 0; row < count; row++) if (taken[row] === 0) left[place++] = row;
  return left;
}

function joined(one: RowPairs, other: RowPairs): RowPairs {
  const append = (a: Int32Array, b: Int32Array) => {
    const all = new Int32Array(a.length + b.length);
    all.set(a);
    all.set(b, a.length);
    return all;
  };
  return { base: append(one.base, other.base), head: append(one.head, other.head) };
}
