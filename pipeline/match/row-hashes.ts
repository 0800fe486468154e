import { hashInto } from "../stats/hash.ts";
import type { Table } from "../table/table.ts";
import { canonicalNumber } from "./canonical-number.ts";
import { categoryWords, missingWord } from "./cell-words.ts";

/** The hashes of a table's rows that were made so far, by the columns that they are of. They live as long as the table. */
const known = new WeakMap<Table, Map<string, Int32Array>>();

/** What was hashed, for a test that nothing is hashed twice. */
const work = new WeakMap<Table, string[]>();

/**
 * Two words per row that name what the row holds in the given columns, the same in every revision: of the names that the
 * table has, in any order; null: of all. Each set of columns is hashed once.
 *
 * The order of the columns does not count, nor how a number is written: `1`, `1.0` and `1e0` are the same, also when
 * another cell makes the column categorical in one revision, and so are numbers that differ behind their 15th digit. Two
 * different rows share a hash by chance with a probability of about rows² / 4·10¹⁹.
 *
 * Cost: about 15 ns per cell.
 */
export function rowHashes(table: Table, columns: readonly string[] | null): Int32Array {
  const wanted = columns === null ? null : new Set(columns);
  const used = table.columns.filter(({ name }) => wanted === null || wanted.has(name));
  const ordered = used.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const hashed = known.get(table) ?? new Map<string, Int32Array>();
  known.set(table, hashed);
  const name = JSON.stringify(ordered.map((column) => column.name));
  const made = hashed.get(name);
  if (made !== undefined) return made;
  work.set(table, [...(work.get(table) ?? []), name]);
  const hashes = hashRows(table.rowCount, ordered);
  hashed.set(name, hashes);
  return hashes;
}

/** The sets of columns, as JSON, of which the rows of a table were hashed, once for each time. */
export function hashedColumns(table: Table): readonly string[] {
  return work.get(table) ?? [];
}

function hashRows(rowCount: number, columns: Table["columns"]): Int32Array {
  const hashes = new Int32Array(2 * rowCount);
  const bytes = new Uint8Array(8 * columns.length);
  const numbers = new Float64Array(bytes.buffer);
  const words = new Int32Array(bytes.buffer);
  const sources = columns.map((column) =>
    column.type === "numeric" ? column.values : { codes: column.codes, words: categoryWords(column.categories) },
  );
  for (let row = 0; row < rowCount; row++) {
    for (let at = 0; at < sources.length; at++) {
      const source = sources[at]!;
      let missing: boolean;
      if (source instanceof Float64Array) {
        const value = source[row]!;
        missing = Number.isNaN(value);
        numbers[at] = canonicalNumber(value);
      } else {
        const code = source.codes[row]!;
        missing = code < 0;
        words[2 * at] = source.words[2 * code]!;
        words[2 * at + 1] = source.words[2 * code + 1]!;
      }
      // a fixed pattern that is no number that can occur: which NaN a machine writes is not defined
      if (missing) words[2 * at] = words[2 * at + 1] = missingWord;
    }
    hashInto(bytes, hashes, 2 * row);
  }
  return hashes;
}
