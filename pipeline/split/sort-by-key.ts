import { compare as compareHashes } from "../match/pair-hashes.ts";
import { rowHashes } from "../match/row-hashes.ts";
import { ascendingOrder } from "../stats/radix-sort.ts";
import type { Table } from "../table/table.ts";

/**
 * Rows in the order of their keys, by UTF-16 code unit; rows that share a key in the order of their content, and copies
 * in the order given.
 *
 * The first six characters decide most of the order as one number each, which sorts in a tenth of the time.
 *
 * @param rows zero-based rows
 * @param keys row key per table row
 * @param table whose rows they are; its contents are only named when rows share a key
 */
export function sortByKey(rows: Int32Array, keys: readonly string[], table: Table): Int32Array {
  const compare = (a: number, b: number) => {
    const [left, right] = [keys[a]!, keys[b]!];
    if (left !== right) return left < right ? -1 : 1;
    const contents = rowHashes(table, null);
    return compareHashes(contents, a, contents, b);
  };
  const prefixes = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const prefix = prefixOf(keys[rows[i]!]!);
    if (prefix === null) return rows.slice().sort(compare);
    prefixes[i] = prefix;
  }
  const positions = ascendingOrder(prefixes);
  const sorted = new Int32Array(rows.length);
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    const prefix = prefixes[positions[from]!]!;
    for (; to < sorted.length && prefixes[positions[to]!] === prefix; to++) sorted[to] = rows[positions[to]!]!;
    if (to - from > 1) sorted.subarray(from, to).sort(compare);
  }
  return sorted;
}

const prefixLength = 6;

/** A number that orders texts as their first characters do; null when one of these takes more than a byte. */
function prefixOf(text: string): number | null {
  let prefix = 0;
  for (let i = 0; i < prefixLength; i++) {
    const code = i < text.length ? text.charCodeAt(i) : 0;
    if (code > 255) return null;
    prefix = prefix * 256 + code;
  }
  return prefix;
}
