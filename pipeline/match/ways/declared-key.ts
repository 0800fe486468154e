import { type BothTables, namesOf } from "../both-tables.ts";
import { cellsOf } from "../cell-words.ts";
import { holdTheSame } from "../columns/hold-the-same.ts";
import { pairAlike, type RowWords } from "../pair-alike.ts";
import type { KeyedPairs } from "../pair-by-name.ts";
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
    const pairs = tables.same ? keyed.pairs : pairAlike(names, () => rowsOfShared(tables));
    return { ...believed, pairs: () => pairs, names: () => names.head, repeatedKey: !tables.same };
  },
};

function namesWithinKeys(tables: BothTables, { words }: KeyedPairs): RowWords {
  const { shared, target, excluded } = tables;
  // an excluded time may tell the rows of a key apart; one that was written anew cannot
  const telling = shared.filter((one) => one.name !== target && (!excluded.has(one.name) || holdTheSame(one)));
  const repeated = new Set([...repeatedOnes(words.base), ...repeatedOnes(words.head)]);
  const named = (side: "base" | "head") => {
    const contents = rowHashes(tables[side], namesOf(telling));
    const keys = cellsOf(words[side]);
    return words[side].map((word, at) =>
      repeated.has(keys[at >> 1]!) ? Math.imul(word, 0x9e3779b1) ^ contents[at]! : word,
    );
  };
  return { base: named("base"), head: named("head") };
}

function rowsOfShared({ base, head, shared }: BothTables): RowWords {
  return { base: rowHashes(base, namesOf(shared)), head: rowHashes(head, namesOf(shared)) };
}

/** The names that several rows have. */
function repeatedOnes(words: Int32Array): Set<bigint> {
  const seen = new Set<bigint>();
  return new Set(cellsOf(words).filter((name) => seen.has(name) || !seen.add(name)));
}
