import type { Column } from "../../table/table.ts";
import type { SharedColumn } from "../both-tables.ts";
import { commonCells, sortedCells } from "../cell-words.ts";

const known = new WeakMap<SharedColumn, boolean>();

/** Whether the values of a column did not change, as `sameValues` says; worked out once. */
export function holdTheSame(column: SharedColumn): boolean {
  const found = known.get(column) ?? sameValues(column.base, column.head);
  known.set(column, found);
  return found;
}

/**
 * True when every value of the shorter column occurs in the longer one, as often or more; missing cells are a value.
 * Columns of different types are not the same. Cost: O(n log n).
 */
export function sameValues(one: Column, other: Column): boolean {
  if (one.type !== other.type) return false;
  const cells = [sortedCells(one), sortedCells(other)] as const;
  return commonCells(...cells) === Math.min(cells[0].length, cells[1].length);
}
