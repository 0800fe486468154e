import { hashText } from "../stats/hash.ts";
import type { Column } from "../table/table.ts";

/**
 * The hash of each cell's value, null where it is missing, so that what names people does not travel into caches and
 * reports. A number has the hash of its shortest text: `1` and `1.0` are the same.
 */
export function valueHashes(column: Column): (string | null)[] {
  if (column.type === "numeric") {
    return Array.from(column.values, (value) => (Number.isNaN(value) ? null : hashText(String(value + 0))));
  }
  const hashes = column.categories.map((text) => hashText(text));
  return Array.from(column.codes, (code) => (code < 0 ? null : hashes[code]!));
}
