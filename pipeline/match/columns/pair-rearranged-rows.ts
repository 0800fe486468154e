import type { Table } from "../../table/table.ts";
import { takeCells } from "../../table/take-rows.ts";
import { cellWords } from "../cell-words.ts";
import { pairHashes } from "../pair-hashes.ts";
import type { RowPairs } from "../row-pairs.ts";

/**
 * Pairs rows that hold the same cells, whatever the columns are called: a row whose cells changed places finds itself.
 * Only the given rows of each side are paired; none when the tables have different numbers of columns.
 *
 * Cost: O(cells) of these rows.
 */
export function pairRearrangedRows(base: Table, head: Table, rows: { base: Int32Array; head: Int32Array }): RowPairs {
  if (base.columns.length !== head.columns.length) return { base: new Int32Array(0), head: new Int32Array(0) };
  const pairs = pairHashes(unorderedHashes(base, rows.base), unorderedHashes(head, rows.head)).pairs;
  return { base: pairs.base.map((at) => rows.base[at]!), head: pairs.head.map((at) => rows.head[at]!) };
}

/** Two words per row: sums over its cells, so that the order of the cells does not count. */
function unorderedHashes({ columns }: Table, rows: Int32Array): Int32Array {
  const sums = new Int32Array(2 * rows.length);
  for (const column of columns) {
    const words = cellWords(takeCells(column, rows));
    for (let at = 0; at < rows.length; at++) {
      const [low, high] = [words[2 * at]!, words[2 * at + 1]!];
      sums[2 * at]! += mix(low ^ mix(high, 0x2545f491), 0x9e3779b9);
      sums[2 * at + 1]! += mix(high ^ mix(low, 0x7feb352d), 0x846ca68b);
    }
  }
  return sums;
}

/** Spreads every bit of a word over all of them (the finalizer of MurmurHash3). */
function mix(word: number, seed: number): number {
  let bits = word ^ seed;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
