import { rowHashes } from "../match/row-hashes.ts";
import { hexOfHash } from "../stats/hash.ts";
import type { Table } from "../table/table.ts";

/**
 * A name per row by what it holds in the given columns (null: in all): 16 hexadecimal characters, equal in every revision.
 * Names that are not columns of the table do not count.
 */
export function rowNames(table: Table, columns: readonly string[] | null): string[] {
  const hashes = rowHashes(table, columns);
  return Array.from({ length: table.rowCount }, (_, row) => hexOfHash(hashes, 2 * row));
}
