import { canonicalJson, type Plain } from "../ledger/canonical-json.ts";
import type { LedgerRow } from "../ledger/row.ts";
import type { Queryable } from "./database.ts";

/** Of two numbers, so that it is never the lock of a repository. Arbitrary, but ours. */
const lock = "20220613, 9";

/** Makes a transaction wait until every other one that appends to the ledger has ended: the chain must not fork. */
export async function lockLedger(transaction: Queryable): Promise<void> {
  await transaction.query(`select pg_advisory_xact_lock(${lock})`);
}

/** The last row of the chain; null: there is none. */
export async function readLedgerEnd(database: Queryable): Promise<Pick<LedgerRow, "seq" | "hash"> | null> {
  const [row] = await database.query<Pick<LedgerRow, "seq" | "hash">>(
    "select seq, hash from ledger_row order by seq desc limit 1",
  );
  return row ?? null;
}

export async function insertLedgerRow(transaction: Queryable, row: LedgerRow): Promise<void> {
  await transaction.query(
    `insert into ledger_row
       (seq, time, kind, repository_id, repository, number, head_sha, person, data, previous, hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      row.seq,
      row.time,
      row.kind,
      row.repository?.id ?? null,
      row.repository?.name ?? null,
      row.number,
      row.headSha,
      row.person,
      canonicalJson(row.data as Plain),
      row.previous,
      row.hash,
    ],
  );
}
