import { ascendingOrder } from "../stats/radix-sort.ts";
import type { Table } from "../table/table.ts";
import { rowHashes } from "./row-keys.ts";

/** Rows of two tables that have the same content, as pairs of zero-based rows. */
export interface RowPairs {
  base: Int32Array;
  head: Int32Array;
}

/**
 * Pairs rows one by one whose cells in the named columns are equal, the first of equal rows with the first, in the order
 * of the head. No columns, no pairs. Cost: two sorts of numbers; no strings are made.
 */
export function pairEqualRows(base: Table, head: Table, names: readonly string[]): RowPairs {
  if (names.length === 0) return { base: new Int32Array(0), head: new Int32Array(0) };
  if (base === head) {
    const rows = Int32Array.from({ length: base.rowCount }, (_, row) => row);
    return { base: rows, head: rows };
  }
  return pairEqualHashes(rowHashes(base, names), rowHashes(head, names));
}

/**
 * Pairs places of equal hashes one by one, the first of equal ones with the first, in the order of the head.
 *
 * @param base two words per place
 */
export function pairEqualHashes(base: Int32Array, head: Int32Array): RowPairs {
  const [before, after] = [sortHashes(base), sortHashes(head)];
  const partner = new Int32Array(head.length / 2).fill(-1);
  let pairs = 0;
  for (let i = 0, j = 0; i < before.order.length && j < after.order.length; ) {
    const [left, right] = [before.order[i]!, after.order[j]!];
    const difference = compare(before.hashes, left, after.hashes, right);
    if (difference === 0) {
      partner[right] = left;
      pairs++;
    }
    if (difference <= 0) i++;
    if (difference >= 0) j++;
  }
  const found: RowPairs = { base: new Int32Array(pairs), head: new Int32Array(pairs) };
  let place = 0;
  for (let row = 0; row < partner.length; row++) {
    if (partner[row]! < 0) continue;
    found.base[place] = partner[row]!;
    found.head[place++] = row;
  }
  return found;
}

interface SortedHashes {
  /** Two words per row. */
  hashes: Int32Array;
  /** Rows by ascending hash; equal ones in file order. */
  order: Int32Array;
}

function sortHashes(hashes: Int32Array): SortedHashes {
  const leading = new Float64Array(hashes.length / 2);
  for (let row = 0; row < leading.length; row++) leading[row] = leadingBits(hashes, row);
  const order = ascendingOrder(leading);
  for (let from = 0, to = 1; from < order.length; from = to, to = from + 1) {
    let mixed = false;
    for (; to < order.length && leading[order[to]!] === leading[order[from]!]; to++) {
      if (hashes[2 * order[to]! + 1] !== hashes[2 * order[from]! + 1]) mixed = true;
    }
    if (mixed) order.subarray(from, to).sort((a, b) => compare(hashes, a, hashes, b) || a - b);
  }
  return { hashes, order };
}

/** As many bits of a hash, of two words per row, as a double holds exactly. */
export function leadingBits(hashes: Int32Array, row: number): number {
  return (hashes[2 * row]! >>> 0) * 2_097_152 + (hashes[2 * row + 1]! >>> 11);
}

function compare(left: Int32Array, leftRow: number, right: Int32Array, rightRow: number): number {
  return (
    (left[2 * leftRow]! >>> 0) - (right[2 * rightRow]! >>> 0) ||
    (left[2 * leftRow + 1]! >>> 0) - (right[2 * rightRow + 1]! >>> 0)
  );
}
