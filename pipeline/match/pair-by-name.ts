import type { Column, Table } from "../table/table.ts";
import { isMissingCell } from "./cell-words.ts";
import { nameWords } from "./name-words.ts";
import { pairHashes } from "./pair-hashes.ts";
import type { RowPairs } from "./row-pairs.ts";

/** Rows of equal values in a column of names, and whether each value names one row. */
export interface KeyedPairs {
  pairs: RowPairs;
  /** The names as two words per row of each side. */
  words: { base: Int32Array; head: Int32Array };
  /** No name is missing or repeated on either side. */
  unique: boolean;
}

/** Pairs rows by what a column of each table calls them; rows of one name the first with the first. */
export function pairNames(base: Column, head: Column): KeyedPairs {
  const words = { base: nameWords(base), head: nameWords(head) };
  const { pairs, distinct } = pairHashes(words.base, words.head);
  const unique = (["base", "head"] as const).every((side) => {
    const rows = words[side].length / 2;
    if (distinct[side] < rows) return false;
    for (let row = 0; row < rows; row++) if (isMissingCell(words[side], row)) return false;
    return true;
  });
  return { pairs, words, unique };
}

/** The rows of both tables that have the same value in a column of one name; null unless it names one row on either side. */
export function pairByName(base: Table, head: Table, name: string): RowPairs | null {
  const [before, after] = [base, head].map(({ columns }) => columns.find((column) => column.name === name));
  if (before === undefined || after === undefined) return null;
  const { pairs, unique } = pairNames(before, after);
  return unique ? pairs : null;
}
