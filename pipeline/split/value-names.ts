import { nameWords } from "../match/name-words.ts";
import { hexOfHash } from "../stats/hash.ts";
import type { Column } from "../table/table.ts";

/**
 * The hash of each cell's value as a name, null where it is missing, so that what names people does not travel into caches
 * and reports.
 */
export function valueNames(column: Column): (string | null)[] {
  const words = nameWords(column);
  const cells = column.type === "numeric" ? column.values : column.codes;
  const isMissing = (cell: number) => (column.type === "numeric" ? Number.isNaN(cell) : cell < 0);
  return Array.from(cells, (cell, row) => (isMissing(cell) ? null : hexOfHash(words, 2 * row)));
}
