import type { Queryable } from "../store/database.ts";
import { readLedgerRows, type StoredRow } from "../store/ledger-rows.ts";
import { canonicalJson } from "./canonical-json.ts";

/** A row may have some hundred kilobytes. */
const page = 100;

/** The ledger of a database as lines of an exported file. What is stored is passed on to the byte, so that all of it is verified. */
export async function* storedLines(database: Queryable): AsyncGenerator<string> {
  for (let after = 0; ; ) {
    const rows = await readLedgerRows(database, after, page);
    for (const row of rows) yield toLine(row);
    if (rows.length < page) return;
    after = rows.at(-1)!.seq;
  }
}

/** `data` is the first key of a row in canonical form. */
function toLine({ data, repositoryId, repository, ...row }: StoredRow): string {
  const named = repositoryId === null && repository === null ? null : { id: repositoryId, name: repository };
  return `{"data":${data},${canonicalJson({ ...row, repository: named }).slice(1)}`;
}
