import type { BothTables } from "../both-tables.ts";
import { namesOf } from "../both-tables.ts";
import { limits } from "../limits.ts";
import { compare, sortHashes } from "../pair-hashes.ts";
import { rowHashes } from "../row-hashes.ts";
import type { Way } from "./way.ts";

/**
 * The other columns name the rows when the values of the declared key were given to other rows, as when a running number
 * is made anew after rows were removed or sorted: by such a key a row would be compared with a row that it has nothing to
 * do with, and the base's answer to one be judged by the label of the other.
 */
export const otherColumns: Way = {
  name: "other-columns",
  find(tables) {
    const rows = reassignedKeys(tables);
    if (rows === null) return null;
    const columns = naming(tables);
    return {
      columns: columns.toSorted(),
      pairs: () => tables.pair(columns).pairs,
      names: () => rowHashes(tables.head, columns),
      convincing: true,
      doubts: [{ kind: "keys-reassigned", key: tables.key!, rows }],
    };
  },
};

/** The columns of both sides but the key and what both exclude. */
function naming({ shared, unused, key }: BothTables): string[] {
  return namesOf(shared).filter((name) => !unused.has(name) && name !== key);
}

const counted = new WeakMap<BothTables, number | null>();

/**
 * How many rows have another key than in the base, while their old keys name other rows; null when the keys name what they
 * named. Rows are found again by their content, which has to be that of no other row, for at least half of the smaller
 * table. Keys that are replaced by values that the base does not have find no row, which is told elsewhere.
 */
export function reassignedKeys(tables: BothTables): number | null {
  const known = counted.get(tables);
  if (known !== undefined) return known;
  const rows = countReassigned(tables);
  counted.set(tables, rows);
  return rows;
}

function countReassigned(tables: BothTables): number | null {
  const keyed = tables.keyed();
  const columns = naming(tables);
  if (tables.same || keyed?.unique !== true || columns.length === 0) return null;
  const { base, head } = tables;
  const smaller = Math.min(base.rowCount, head.rowCount);
  // a row that has its key holds what it held
  if (keyed.pairs.base.length - tables.keyedCells().unchanged.base.length < limits.fewestChanged) return null;
  const found = tables.pair(columns).pairs;
  if (found.base.length < limits.mostly * smaller) return null;
  const alone = { base: loneRows(rowHashes(base, columns)), head: loneRows(rowHashes(head, columns)) };
  const partner = new Int32Array(head.rowCount).fill(-1);
  let told = 0;
  for (const [at, row] of found.head.entries()) {
    if (alone.head[row] === 0 || alone.base[found.base[at]!] === 0) continue;
    partner[row] = found.base[at]!;
    told++;
  }
  if (told < limits.mostly * smaller) return null;
  let rows = 0;
  const { pairs } = keyed;
  for (const [at, row] of pairs.head.entries()) if (partner[row]! >= 0 && partner[row] !== pairs.base[at]) rows++;
  return rows < Math.max(limits.fewestChanged, limits.fewestReassigned * told) ? null : rows;
}

/** Whether no other row has the same hash. */
function loneRows(hashes: Int32Array): Uint8Array {
  const order = sortHashes(hashes);
  const alone = new Uint8Array(order.length).fill(1);
  for (let at = 1; at < order.length; at++) {
    const [one, other] = [order[at - 1]!, order[at]!];
    if (compare(hashes, one, hashes, other) === 0) alone[one] = alone[other] = 0;
  }
  return alone;
}
