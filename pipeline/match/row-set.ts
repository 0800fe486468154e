import { createHash } from "node:crypto";
import { z } from "zod";
import type { Table } from "../table/table.ts";
import { groupRows } from "./group-rows.ts";
import { limits } from "./limits.ts";
import { rowHashes } from "./row-hashes.ts";

/** Which rows of a table something is about, whatever their order in the file. */
export const rowSetSchema = z
  .object({
    count: z.int().nonnegative(),
    /** Equal for the same rows, each as often. */
    digest: z.string(),
    /** The rows' names, eight bytes each, in order, as base64; null: they are too many, and only the digest tells. */
    names: z.string().nullable(),
  })
  .meta({ id: "RowSet" });
export type RowSet = z.infer<typeof rowSetSchema>;

/**
 * The rows of these numbers. A row is named by its key, where the column names one row each; else by all that it holds, and
 * rows that hold the same count as often as they are there.
 *
 * @param key name of the key column; null: there is none
 * @param mostNames beyond so many rows only the digest is kept
 */
export function rowSet(
  table: Table,
  key: string | null,
  rows: Int32Array,
  mostNames: number = limits.mostNamedRows,
): RowSet {
  const isKey = key !== null && groupRows(table, [key]).count === table.rowCount;
  const hashes = rowHashes(table, isKey ? [key] : null);
  const words = new Int32Array(2 * rows.length);
  for (const [at, row] of rows.entries()) {
    words[2 * at] = hashes[2 * row]!;
    words[2 * at + 1] = hashes[2 * row + 1]!;
  }
  const bytes = Buffer.from(new BigUint64Array(words.buffer).sort().buffer);
  const digest = createHash("sha256").update(bytes).digest("hex").slice(0, 32);
  return { count: rows.length, digest, names: rows.length > mostNames ? null : bytes.toString("base64") };
}

/** How many rows of a set are not in another one; null: only digests are known, and they differ. */
export function otherRows(now: RowSet, known: RowSet): number | null {
  if (now.count === known.count && now.digest === known.digest) return 0;
  if (now.names === null || known.names === null) return null;
  const left = new Map<bigint, number>();
  for (const name of namesOf(known.names)) left.set(name, (left.get(name) ?? 0) + 1);
  let others = 0;
  for (const name of namesOf(now.names)) {
    const count = left.get(name) ?? 0;
    if (count === 0) others++;
    else left.set(name, count - 1);
  }
  return others;
}

function namesOf(text: string): bigint[] {
  const bytes = Buffer.from(text, "base64");
  return Array.from({ length: Math.floor(bytes.length / 8) }, (_, at) => bytes.readBigUInt64LE(8 * at));
}
