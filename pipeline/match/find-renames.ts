import { hashBytes } from "../stats/hash.ts";
import type { Column } from "../table/table.ts";
import { cellWords } from "./cell-words.ts";
import { oneToOne } from "./one-to-one.ts";
import type { RowPairs } from "./pair-equal-rows.ts";
import type { SchemaDiff } from "./schema-diff.ts";

/** Share of equal cells from which a column counts as the same one under another name. */
const minSimilarity = 0.9;
/** Values alone, without paired rows, are weaker evidence: many columns hold small whole numbers. */
const minOverlap = 0.95;
const minDistinct = 20;
/** Not more columns than this are compared each with each; equal columns are always found. */
const maxCompared = 50;
const maxComparedRows = 2_000;

type Rename = SchemaDiff["renamed"][number];

/**
 * Finds columns that only changed their name, by their content: first columns whose cells are all equal, then, best
 * first, columns of which at least nine in ten cells are. A column with one value in all rows proves nothing and is
 * never matched.
 *
 * Cells are compared row by row in paired rows. Without any (`pairs` null, or fewer than half of the rows paired) only
 * the collections of values are compared, and only for columns with many different values.
 */
export function findRenames(gone: readonly Column[], fresh: readonly Column[], pairs: RowPairs | null): Rename[] {
  if (gone.length === 0 || fresh.length === 0) return [];
  const rows = Math.min(lengthOf(gone[0]!), lengthOf(fresh[0]!));
  const paired = pairs !== null && pairs.base.length >= rows / 2 ? pairs : null;
  const before = gone.map((column) => content(column, paired?.base ?? null));
  const after = fresh.map((column) => content(column, paired?.head ?? null));

  const candidates: Rename[] = [];
  for (const old of before) {
    for (const now of after) {
      if (!old.telling || !now.telling) continue;
      if (old.hash === now.hash) candidates.push({ from: old.name, to: now.name, similarity: 1 });
    }
  }
  const matched = new Set(candidates.flatMap(({ from, to }) => [`from ${from}`, `to ${to}`]));
  const restBefore = before
    .filter(({ name, telling }) => telling && !matched.has(`from ${name}`))
    .slice(0, maxCompared);
  const restAfter = after.filter(({ name, telling }) => telling && !matched.has(`to ${name}`)).slice(0, maxCompared);
  for (const old of restBefore) {
    for (const now of restAfter) {
      const similarity = paired === null ? overlap(old.words, now.words) : equalShare(old.words, now.words);
      if (similarity >= (paired === null ? minOverlap : minSimilarity)) {
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

function content(column: Column, rows: Int32Array | null): Content {
  const all = cellWords(column);
  let words: Int32Array;
  if (rows === null) {
    words = new Int32Array(new BigInt64Array(all.buffer as ArrayBuffer).slice().sort().buffer);
  } else {
    words = new Int32Array(2 * rows.length);
    for (let i = 0; i < rows.length; i++) {
      words[2 * i] = all[2 * rows[i]!]!;
      words[2 * i + 1] = all[2 * rows[i]! + 1]!;
    }
  }
  const distinct = countDistinct(words, minDistinct);
  return {
    name: column.name,
    words,
    hash: hashBytes(new Uint8Array(words.buffer)),
    telling: distinct >= (rows === null ? minDistinct : 2),
  };
}

/** Counts different cells, but not beyond `limit`. */
function countDistinct(words: Int32Array, limit: number): number {
  const cells = new BigInt64Array(words.buffer as ArrayBuffer);
  const seen = new Set<bigint>();
  for (let i = 0; i < cells.length && seen.size < limit; i++) seen.add(cells[i]!);
  return seen.size;
}

/** Share of equal cells among evenly spaced paired rows. */
function equalShare(a: Int32Array, b: Int32Array): number {
  const rows = a.length / 2;
  const step = Math.max(1, rows / maxComparedRows);
  let equal = 0;
  let compared = 0;
  for (let at = 0; at < rows; at += step) {
    const row = Math.floor(at);
    compared++;
    if (a[2 * row] === b[2 * row] && a[2 * row + 1] === b[2 * row + 1]) equal++;
  }
  return compared === 0 ? 0 : equal / compared;
}

/** Twice the common cells over all cells of two sorted collections. */
function overlap(a: Int32Array, b: Int32Array): number {
  const left = new BigInt64Array(a.buffer as ArrayBuffer);
  const right = new BigInt64Array(b.buffer as ArrayBuffer);
  let common = 0;
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    if (left[i] === right[j]) {
      common++;
      i++;
      j++;
    } else if (left[i]! < right[j]!) i++;
    else j++;
  }
  return (2 * common) / (left.length + right.length);
}

function lengthOf(column: Column): number {
  return column.type === "numeric" ? column.values.length : column.codes.length;
}
