import { joinPairs } from "./join-pairs.ts";
import { type HashPairs, pairHashes } from "./pair-hashes.ts";
import type { RowPairs } from "./row-pairs.ts";
import { rowsWithout } from "./rows-without.ts";
import { takeHashes } from "./take-hashes.ts";

/** Two words per row of each table. */
export interface RowWords {
  base: Int32Array;
  head: Int32Array;
}

/**
 * Pairs rows of equal names one by one. Where several rows have a name, those that also hold the same are paired first, and
 * the rest in the order of the file: so a file whose rows were put into another order changes none.
 *
 * @param contents what a row holds beyond its name; only asked for when a name repeats
 */
export function pairAlike(names: RowWords, contents: () => RowWords): RowPairs {
  const found = pairHashes(names.base, names.head);
  if (!repeats(found, names)) return found.pairs;
  const held = contents();
  const both = (side: keyof RowWords) => names[side].map((word, at) => Math.imul(word, 0x85ebca6b) ^ held[side][at]!);
  const alike = pairHashes(both("base"), both("head")).pairs;
  const left = (side: keyof RowWords) => rowsWithout(names[side].length / 2, alike[side]);
  const [base, head] = [left("base"), left("head")];
  const rest = pairHashes(takeHashes(names.base, base), takeHashes(names.head, head)).pairs;
  return joinPairs(alike, { base: rest.base.map((at) => base[at]!), head: rest.head.map((at) => head[at]!) });
}

function repeats({ distinct }: HashPairs, { base, head }: RowWords): boolean {
  return distinct.base < base.length / 2 || distinct.head < head.length / 2;
}
