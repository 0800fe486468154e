import type { Outcome } from "../problem.ts";
import type { Column } from "../table/table.ts";
import { formatCount } from "../words.ts";
import { valueNames } from "./value-names.ts";

/**
 * Row keys from a column that names rows: the hash of each value, so that identifiers of people do not travel into
 * caches and reports. A missing value is a problem. A value that occurs several times is only noted: its rows stay
 * together on one side of the split, as visits of one patient should, and two revisions pair them by key and content.
 *
 * @param path repository path of the data file
 */
export function keyColumnKeys(column: Column, path: string): Outcome<string[]> {
  const hashes = valueNames(column);
  const keys = hashes.filter((hash) => hash !== null);
  const missing = hashes.length - keys.length;
  if (missing > 0) {
    return {
      ok: false,
      problems: [
        {
          code: "key-missing",
          where: { path },
          message: `The key column has no value in ${formatCount(missing)} of ${formatCount(hashes.length)} rows.`,
          written: column.name,
          allowed: "a value in every row",
          remedy: "Fill in the key, or remove key so that a row's content names it.",
        },
      ],
    };
  }
  const repeated = keys.length - new Set(keys).size;
  if (repeated === 0) return { ok: true, value: keys, notes: [] };
  return {
    ok: true,
    value: keys,
    notes: [
      {
        code: "key-repeated",
        where: { path },
        message: `${formatCount(repeated)} rows repeat a key; rows of one key stay on one side of the split, and are paired with the other revision by their content.`,
        written: column.name,
        remedy: "Nothing, if the key names a group; otherwise make the key unique.",
      },
    ],
  };
}
