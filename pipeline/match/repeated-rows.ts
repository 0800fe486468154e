import { compare, sortHashes } from "./pair-hashes.ts";

/** Per row: 1 where an earlier row has the same name. @param names two words per row */
export function repeatedRows(names: Int32Array): Uint8Array {
  const order = sortHashes(names);
  const repeats = new Uint8Array(order.length);
  for (let at = 1; at < order.length; at++) {
    if (compare(names, order[at - 1]!, names, order[at]!) === 0) repeats[order[at]!] = 1;
  }
  return repeats;
}
