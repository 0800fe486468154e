import type { Outcome } from "../problem.ts";
import { hashText } from "../stats/hash.ts";
import type { Column } from "./table.ts";

/**
 * Row keys from a column that names rows: the hash of each value, so that identifiers of people do not travel into
 * caches and reports. A missing value is a problem. A value that occurs several times is only noted: its rows stay
 * together on one side of the split, as visits of one patient should.
 *
 * @param path repository path of the data file
 */
export function keyColumnKeys(column: Column, path: string): Outcome<string[]> {
  const keys: string[] = [];
  let missing = 0;
  const hashes = column.type === "categorical" ? column.categories.map((text) => hashText(text)) : [];
  const cells = column.type === "categorical" ? column.codes : column.values;
  for (const cell of cells) {
    if (Number.isNaN(cell) || (column.type === "categorical" && cell < 0)) missing++;
    else keys.push(column.type === "categorical" ? hashes[cell]! : hashText(String(cell + 0)));
  }
  if (missing > 0) {
    return {
      ok: false,
      problems: [
        {
          code: "key-missing",
          where: { path },
          message: `The key column has no value in ${missing} of ${cells.length} rows.`,
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
        message: `${repeated} rows repeat a key; rows of one key stay on one side of the split.`,
        written: column.name,
        remedy: "Nothing, if the key names a group; otherwise make the key unique.",
      },
    ],
  };
}
