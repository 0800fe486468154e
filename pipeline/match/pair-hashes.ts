import { ascendingOrder } from "../stats/radix-sort.ts";
import type { RowPairs } from "./row-pairs.ts";

/** Rows of equal hashes, and how far hashes tell rows apart. */
export interface HashPairs {
  pairs: RowPairs;
  /** Different hashes of each side, and those of both. */
  distinct: { base: number; head: number; common: number };
}

/**
 * Pairs rows of equal hashes one by one, the first of equal ones with the first, in the order of the head.
 *
 * @param base two words per row
 * Cost: two sorts of numbers; no text is made.
 */
export function pairHashes(base: Int32Array, head: Int32Array): HashPairs {
  const [before, after] = [sortHashes(base), sortHashes(head)];
  const partner = new Int32Array(head.length / 2).fill(-1);
  const distinct = { base: 0, head: 0, common: 0 };
  let pairs = 0;
  for (let i = 0, j = 0; i < before.length || j < after.length; ) {
    const [left, right] = [before[i], after[j]];
    const difference = left === undefined ? 1 : right === undefined ? -1 : compare(base, left, head, right);
    const fresh = {
      base: difference <= 0 && (i === 0 || compare(base, before[i - 1]!, base, left!) !== 0),
      head: difference >= 0 && (j === 0 || compare(head, after[j - 1]!, head, right!) !== 0),
    };
    if (fresh.base) distinct.base++;
    if (fresh.head) distinct.head++;
    if (difference === 0) {
      partner[right!] = left!;
      pairs++;
      if (fresh.base && fresh.head) distinct.common++;
    }
    if (difference <= 0) i++;
    if (difference >= 0) j++;
  }
  return { pairs: pairsOf(partner, pairs), distinct };
}

/** Pairs as arrays, from the partner of each row of the head; −1 is none. */
export function pairsOf(partner: Int32Array, count: number): RowPairs {
  const pairs: RowPairs = { base: new Int32Array(count), head: new Int32Array(count) };
  let place = 0;
  for (let row = 0; row < partner.length; row++) {
    if (partner[row]! < 0) continue;
    pairs.base[place] = partner[row]!;
    pairs.head[place++] = row;
  }
  return pairs;
}

/** Rows by ascending hash; equal ones in the order of the file. */
export function sortHashes(hashes: Int32Array): Int32Array {
  const leading = new Float64Array(hashes.length / 2);
  // as many bits of a hash as a double holds exactly
  for (let row = 0; row < leading.length; row++) {
    leading[row] = (hashes[2 * row]! >>> 0) * 2_097_152 + (hashes[2 * row + 1]! >>> 11);
  }
  const order = ascendingOrder(leading);
  for (let from = 0, to = 1; from < order.length; from = to, to = from + 1) {
    let mixed = false;
    for (; to < order.length && leading[order[to]!] === leading[order[from]!]; to++) {
      if (hashes[2 * order[to]! + 1] !== hashes[2 * order[from]! + 1]) mixed = true;
    }
    if (mixed) order.subarray(from, to).sort((a, b) => compare(hashes, a, hashes, b) || a - b);
  }
  return order;
}

/** Whether the hash of one row is that of another: negative, zero or positive as the first is less, equal or greater. */
export function compare(left: Int32Array, leftRow: number, right: Int32Array, rightRow: number): number {
  return (
    (left[2 * leftRow]! >>> 0) - (right[2 * rightRow]! >>> 0) ||
    (left[2 * leftRow + 1]! >>> 0) - (right[2 * rightRow + 1]! >>> 0)
  );
}
