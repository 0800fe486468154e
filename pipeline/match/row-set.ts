import { createHash, hash } from "node:crypto";
import { z } from "zod";
import { isPlainNumber } from "../table/plain-number.ts";
import type { CategoricalColumn, Table } from "../table/table.ts";
import { canonicalNumber } from "./canonical-number.ts";
import { missingWord } from "./cell-words.ts";
import { limits } from "./limits.ts";
import { rowHashes } from "./row-hashes.ts";

/** Which rows of a table something is about, whatever their order in the file. */
export const rowSetSchema = z
  .object({
    count: z.int().nonnegative(),
    /** Equal for the same rows, each as often. */
    digest: z.string(),
    /** The rows' names, sixteen characters each, in order; null: they are too many, and only the digest tells. */
    names: z.string().nullable(),
  })
  .meta({ id: "RowSet" });
export type RowSet = z.infer<typeof rowSetSchema>;

const nameLength = 16;
const cellBytes = 16;
/** About so much is written before it is hashed. */
const blockBytes = 1_048_576;

/**
 * The rows of these numbers. A row is named by all that it holds in some columns, so that another content is another row, also
 * under the same key; rows that hold the same count as often as they are there. What is accepted of rows stands on these names, and
 * who writes the rows may want two to have the same one: so they are of SHA-256, 96 bits each.
 *
 * @param columns by name, in any order
 * @param mostNames beyond so many rows only the digest is kept
 */
export function rowSet(
  table: Table,
  columns: readonly string[],
  rows: Int32Array,
  mostNames: number = limits.mostNamedRows,
): RowSet {
  const { width, rowsAtOnce, write } = rowContents(table, columns);
  const hashes = rowHashes(table, columns);
  const digest = createHash("sha256");
  const names: string[] = [];
  const ordered = rows.toSorted((a, b) => hashes[2 * a]! - hashes[2 * b]! || hashes[2 * a + 1]! - hashes[2 * b + 1]!);
  for (let from = 0; from < ordered.length; from += rowsAtOnce) {
    const block = write(ordered.subarray(from, from + rowsAtOnce));
    digest.update(block);
    if (rows.length > mostNames) continue;
    for (let at = 0; at < block.length; at += width) {
      names.push(hash("sha256", block.subarray(at, at + width), "base64").slice(0, nameLength));
    }
  }
  return {
    count: rows.length,
    digest: digest.digest("hex").slice(0, 32),
    names: rows.length > mostNames ? null : names.sort().join(""),
  };
}

/** How many rows of a set are not in another one; null: only digests are known, and they differ. */
export function otherRows(now: RowSet, known: RowSet): number | null {
  if (now.count === known.count && now.digest === known.digest) return 0;
  if (now.names === null || known.names === null) return null;
  const left = new Map<string, number>();
  for (const name of namesOf(known.names)) left.set(name, (left.get(name) ?? 0) + 1);
  let others = 0;
  for (const name of namesOf(now.names)) {
    const count = left.get(name) ?? 0;
    if (count === 0) others++;
    else left.set(name, count - 1);
  }
  return others;
}

function namesOf(text: string): string[] {
  return Array.from({ length: Math.floor(text.length / nameLength) }, (_, at) =>
    text.slice(nameLength * at, nameLength * (at + 1)),
  );
}

/**
 * Writes what rows hold as bytes, the same number for each, and no other content has the same; the next call overwrites them. Equal
 * cells are those of `cellWords`: a number is its eight bytes and zeros, a text half of its SHA-256.
 */
function rowContents(
  table: Table,
  names: readonly string[],
): { width: number; rowsAtOnce: number; write(rows: Int32Array): Uint8Array } {
  const wanted = new Set(names);
  const used = table.columns.filter(({ name }) => wanted.has(name));
  const columns = used.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const width = cellBytes * columns.length;
  const rowsAtOnce = Math.max(1, Math.floor(blockBytes / Math.max(1, width)));
  const bytes = new Uint8Array(width * rowsAtOnce);
  const numbers = new Float64Array(bytes.buffer);
  const words = new Int32Array(bytes.buffer);
  const writers = columns.map((column) =>
    column.type === "numeric" ? numberWriter(column.values, numbers, words) : categoryWriter(column, words),
  );
  return {
    width,
    rowsAtOnce,
    write(rows) {
      for (const [at, write] of writers.entries()) {
        for (let index = 0; index < rows.length; index++) write(rows[index]!, at + columns.length * index);
      }
      return bytes.subarray(0, width * rows.length);
    },
  };
}

/** Writes the cell of a row as the cell of that number. */
type CellWriter = (row: number, cell: number) => void;

const wordsPerCell = cellBytes / 4;

function numberWriter(values: Float64Array, numbers: Float64Array, words: Int32Array): CellWriter {
  return (row, cell) => {
    const value = values[row]!;
    if (Number.isNaN(value)) words.fill(missingWord, wordsPerCell * cell, wordsPerCell * (cell + 1));
    else {
      numbers[2 * cell] = canonicalNumber(value);
      numbers[2 * cell + 1] = 0;
    }
  };
}

function categoryWriter({ codes, categories }: CategoricalColumn, words: Int32Array): CellWriter {
  const cells = categories.map((text) => {
    const number = isPlainNumber(text) ? Number(text) : Number.NaN;
    if (Number.isFinite(number)) return new Int32Array(Float64Array.of(canonicalNumber(number), 0).buffer);
    const digest = createHash("sha256").update(text).digest();
    return Int32Array.from({ length: wordsPerCell }, (_, word) => digest.readInt32LE(4 * word));
  });
  const missing = new Int32Array(wordsPerCell).fill(missingWord);
  return (row, cell) => words.set(cells[codes[row]!] ?? missing, wordsPerCell * cell);
}
