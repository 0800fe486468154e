import type { Queryable } from "../store/database.ts";
import { insertLedgerRow, lockLedger, readLedgerEnd } from "../store/ledger-rows.ts";
import { hashRow, type LedgerRow, type NewRow, noPrevious } from "./row.ts";

/**
 * Appends a row to the ledger, within the caller's transaction: it is there if and only if what it tells of is. Where there is no
 * row yet, for example because the database was lost, a row that says so begins the chain.
 *
 * Until the transaction ends, every other one that appends waits. So append last, and wait for nothing outside meanwhile.
 *
 * @example await appendRow(transaction, { kind: "waiver", repository, number: 57, headSha, person: "ada", data: { reason } });
 */
export async function appendRow(transaction: Queryable, row: NewRow): Promise<LedgerRow> {
  await lockLedger(transaction);
  const end = (await readLedgerEnd(transaction)) ?? (await insert(transaction, begin, { seq: 0, hash: noPrevious }));
  return insert(transaction, row, end);
}

const begin: NewRow = {
  kind: "begin",
  repository: null,
  number: null,
  headSha: null,
  person: null,
  data: { reason: "The database held no row. What was recorded before, if anything, is not in this chain." },
};

async function insert(
  transaction: Queryable,
  { kind, repository, number, headSha, person, data }: NewRow,
  end: Pick<LedgerRow, "seq" | "hash">,
): Promise<LedgerRow> {
  const fields = {
    ...{ seq: end.seq + 1, time: new Date().toISOString(), kind, repository, number, headSha, person },
    data: data as LedgerRow["data"],
    previous: end.hash,
  };
  const row = { ...fields, hash: hashRow(fields) };
  await insertLedgerRow(transaction, row);
  return row;
}
