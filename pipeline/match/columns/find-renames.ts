import { hashBytes } from "../../stats/hash.ts";
import { type Column, columnLength } from "../../table/table.ts";
import { takeCells } from "../../table/take-rows.ts";
import { cellsOf, cellWords, commonCells, sameCell, sortedCells } from "../cell-words.ts";
import { limits } from "../limits.ts";
import type { RowPairs } from "../row-pairs.ts";
import { type ColumnMatch, oneToOne } from "./one-to-one.ts";

/**
 * Finds columns that only changed their name, by their content: first columns whose cells are all equal, then, best
 * first, columns of which at least nine in ten cells are. A column with one value in all rows proves nothing and is
 * never matched.
 *
 * Cells are compared row by row in paired rows. Without any (`pairs` null, or fewer than half of the rows paired) only
 * the collections of values are compared, and only for columns with many different values.
 */
export function findRenames(gone: readonly Column[], fresh: readonly Column[], pairs: RowPairs | null): ColumnMatch[] {
  if (gone.length === 0 || fresh.length === 0) return [];
  const rows = Math.min(columnLength(gone[0]!), columnLength(fresh[0]!));
  const paired = pairs !== null && pairs.base.length >= rows / 2 ? pairs : null;
  const before = gone.map((column) => content(column, paired?.base ?? null));
  const after = fresh.map((column) => content(column, paired?.head ?? null));

  const candidates: ColumnMatch[] = [];
  for (const old of before) {
    for (const now of after) {
      if (!old.telling || !now.telling) continue;
      if (old.hash === now.hash) candidates.push({ from: old.name, to: now.name, similarity: 1 });
    }
  }
  const matched = new Set(candidates.flatMap(({ from, to }) => [`from ${from}`, `to ${to}`]));
  const restBefore = before
    .filter(({ name, telling }) => telling && !matched.has(`from ${name}`))
    .slice(0, limits.mostCompared);
  const restAfter = after
    .filter(({ name, telling }) => telling && !matched.has(`to ${name}`))
    .slice(0, limits.mostCompared);
  for (const old of restBefore) {
    for (const now of restAfter) {
      const similarity = paired === null ? overlap(old, now) : equalShare(old.words, now.words);
      if (similarity >= (paired === null ? limits.almostAll : limits.nearlyAll)) {
        candidates.push({ from: old.name, to: now.name, similarity });
      }
    }
  }
  return oneToOne(candidates);
}

interface Content {
  name: string;
  /** Two words per cell: in the order of the pairs, or sorted when there are none. */
  words: Int32Array;
  hash: string;
  /** Whether equality with another column would mean anything. */
  telling: boolean;
}

/** Numbers that another program kept in half the digits are the same ones: a column is known by seven of them. */
function rounded(column: Column): Column {
  return column.type === "numeric" ? { ...column, values: column.values.map(Math.fround) } : column;
}

function content(written: Column, rows: Int32Array | null): Content {
  const column = rounded(written);
  // without pairs the cells are sorted
  const words = rows === null ? new Int32Array(sortedCells(column).buffer) : cellWords(takeCells(column, rows));
  const distinct = countDistinct(words, limits.fewestTelling);
  return {
    name: column.name,
    words,
    hash: hashBytes(new Uint8Array(words.buffer)),
    telling: distinct >= (rows === null ? limits.fewestTelling : 2),
  };
}

/** Counts different cells, but not beyond `limit`. */
function countDistinct(words: Int32Array, limit: number): number {
  const cells = cellsOf(words);
  const seen = new Set<bigint>();
  for (let i = 0; i < cells.length && seen.size < limit; i++) seen.add(cells[i]!);
  return seen.size;
}

/** Share of equal cells among evenly spaced paired rows. */
function equalShare(a: Int32Array, b: Int32Array): number {
  const rows = a.length / 2;
  const step = Math.max(1, rows / limits.mostRows);
  let equal = 0;
  let compared = 0;
  for (let at = 0; at < rows; at += step) {
    const row = Math.floor(at);
    compared++;
    if (sameCell(a, row, b, row)) equal++;
  }
  return compared === 0 ? 0 : equal / compared;
}

/** Twice the common cells over all cells of two columns. */
function overlap(one: Content, other: Content): number {
  const cells = [cellsOf(one.words), cellsOf(other.words)] as const;
  return (2 * commonCells(...cells)) / (cells[0].length + cells[1].length);
}
