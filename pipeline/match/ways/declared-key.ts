import { type BothTables, namesOf } from "../both-tables.ts";
import { holdTheSame } from "../columns/hold-the-same.ts";
import type { KeyedPairs } from "../pair-by-name.ts";
import { compare, pairHashes, sortHashes } from "../pair-hashes.ts";
import { rowHashes } from "../row-hashes.ts";
import { reassignedKeys } from "./other-columns.ts";
import type { Way } from "./way.ts";

/**
 * The column that the head declares as key names the rows, unless its values were given to other rows.
 *
 * A key that names one row on either side is the name. A repeated one names a group, so its rows are named by the key and
 * their content in the columns that both sides have: otherwise a row would be judged by the answer of another one. The
 * target does not count, so that a corrected label is seen as one; neither does a column that both exclude and that was
 * written anew.
 */
export const declaredKey: Way = {
  name: "declared-key",
  find(tables) {
    const keyed = tables.keyed();
    if (keyed === null || reassignedKeys(tables) !== null) return null;
    const believed = { columns: [tables.key!], convincing: true, doubts: [] };
    if (keyed.unique) return { ...believed, pairs: () => keyed.pairs, names: () => keyed.words.head };
    const names = namesWithinKeys(tables, keyed);
    const pairs = tables.same ? keyed.pairs : pairHashes(names.base, names.head).pairs;
    return {
      ...believed,
      pairs: () => pairs,
      names: () => names.head,
      ...(tables.same ? {} : { keyOnly: keyed.pairs }),
    };
  },
};

function namesWithinKeys(tables: BothTables, { words }: KeyedPairs): { base: Int32Array; head: Int32Array } {
  const { shared, target, excluded } = tables;
  // an excluded time may tell the rows of a key apart; one that was written anew cannot
  const telling = shared.filter((one) => one.name !== target && (!excluded.has(one.name) || holdTheSame(one)));
  const repeated = { base: repeatedOnes(words.base), head: repeatedOnes(words.head) };
  const both = new Set([...repeated.base, ...repeated.head]);
  const named = (side: "base" | "head") => {
    const contents = rowHashes(tables[side], namesOf(telling));
    return words[side].map((word, at) => {
      const row = at >> 1;
      return both.has(nameOf(words[side], row)) ? Math.imul(word, 0x9e3779b1) ^ contents[at]! : word;
    });
  };
  return { base: named("base"), head: named("head") };
}

/** The names that several rows have. */
function repeatedOnes(words: Int32Array): Set<string> {
  const order = sortHashes(words);
  const repeated = new Set<string>();
  for (let at = 1; at < order.length; at++) {
    if (compare(words, order[at - 1]!, words, order[at]!) === 0) repeated.add(nameOf(words, order[at]!));
  }
  return repeated;
}

function nameOf(words: Int32Array, row: number): string {
  return `${words[2 * row]} ${words[2 * row + 1]}`;
}
