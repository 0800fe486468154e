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
  const paired = pairs !== null && pairs.base.length >= limits.mostly * rows ? pairs : null;
  const halved = gone.some(isSingle) || fresh.some(isSingle);
  const before = gone.map((column) => content(column, paired?.base ?? null, halved));
  const after = fresh.map((column) => content(column, paired?.head ?? null, halved));

  const equal = Map.groupBy(
    after.filter(({ telling }) => telling),
    ({ single }) => single.hash,
  );
  // the first of equal columns with the first
  const candidates = before.flatMap((old): ColumnMatch[] => {
    const left = old.telling ? (equal.get(old.single.hash) ?? []) : [];
    const at = left.findIndex((now) => {
      const [one, other] = inOnePrecision(old, now);
      return one.hash === other.hash;
    });
    return at < 0 ? [] : left.splice(at, 1).map(({ name }) => ({ from: old.name, to: name, similarity: 1 }));
  });
  const matched = new Set(candidates.flatMap(({ from, to }) => [`from ${from}`, `to ${to}`]));
  const restBefore = before
    .filter(({ name, telling }) => telling && !matched.has(`from ${name}`))
    .slice(0, limits.mostCompared);
  const restAfter = after
    .filter(({ name, telling }) => telling && !matched.has(`to ${name}`))
    .slice(0, limits.mostCompared);
  for (const old of restBefore) {
    for (const now of restAfter) {
      const similarity =
        paired === null ? overlap(...inOnePrecision(old, now)) : equalShare(...inOnePrecision(old, now));
      if (similarity >= (paired === null ? limits.almostAll : limits.nearlyAll)) {
        candidates.push({ from: old.name, to: now.name, similarity });
      }
    }
  }
  return oneToOne(candidates);
}

interface Content {
  name: string;
  cells: Cells;
  /** As single-precision numbers, where some column is of them; else the cells. */
  single: Cells;
  isSingle: boolean;
  /** Whether equality with another column would mean anything. */
  telling: boolean;
}

interface Cells {
  /** Two words per cell: in the order of the pairs, or sorted when there are none. */
  words: Int32Array;
  hash: string;
}

/** @param halved whether some column of either side is of single precision */
function content(column: Column, rows: Int32Array | null, halved: boolean): Content {
  const cells = cellsIn(column, rows);
  const single = halved && column.type === "numeric" ? { ...column, values: column.values.map(Math.fround) } : null;
  const distinct = countDistinct(cells.words, limits.fewestTelling);
  return {
    name: column.name,
    cells,
    single: single === null ? cells : cellsIn(single, rows),
    isSingle: isSingle(column),
    telling: distinct >= (rows === null ? limits.fewestTelling : 2),
  };
}

function cellsIn(column: Column, rows: Int32Array | null): Cells {
  // without pairs the cells are sorted
  const words = rows === null ? new Int32Array(sortedCells(column).buffer) : cellWords(takeCells(column, rows));
  return { words, hash: hashBytes(new Uint8Array(words.buffer)) };
}

/** Numbers that another program kept in half the digits are the same ones. */
function inOnePrecision(old: Content, now: Content): [Cells, Cells] {
  return old.isSingle === now.isSingle ? [old.cells, now.cells] : [old.single, now.single];
}

/** Whether every number of a column has only the digits of single precision, though not for being whole. */
function isSingle(column: Column): boolean {
  if (column.type !== "numeric") return false;
  return (
    column.values.every((value) => Number.isNaN(value) || Math.fround(value) === value) &&
    column.values.some((value) => value % 1 !== 0 || Math.abs(value) > 2 ** 24)
  );
}

/** Counts different cells, but not beyond `limit`. */
function countDistinct(words: Int32Array, limit: number): number {
  const cells = cellsOf(words);
  const seen = new Set<bigint>();
  for (let i = 0; i < cells.length && seen.size < limit; i++) seen.add(cells[i]!);
  return seen.size;
}

/** Share of equal cells among evenly spaced paired rows. */
function equalShare({ words: a }: Cells, { words: b }: Cells): number {
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
function overlap(one: Cells, other: Cells): number {
  const cells = [cellsOf(one.words), cellsOf(other.words)] as const;
  return (2 * commonCells(...cells)) / (cells[0].length + cells[1].length);
}
