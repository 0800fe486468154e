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

/** The data, to the byte, of the last verdict on a commit of a pull request. */
export async function readNewestVerdictData(
  database: Queryable,
  place: { repository: { id: number }; number: number; headSha: string },
): Promise<string | null> {
  const [row] = await database.query<{ data: string }>(
    `select data from ledger_row where repository_id = $1 and number = $2 and head_sha = $3 and kind = 'verdict'
     order by seq desc limit 1`,
    [place.repository.id, place.number, place.headSha],
  );
  return row?.data ?? null;
}

/** The data, to the byte, of the last row about the policy of a base branch. Its first key is the branch. */
export async function readNewestPolicyData(
  database: Queryable,
  repositoryId: number,
  baseRef: string,
): Promise<string | null> {
  const [row] = await database.query<{ data: string }>(
    `select data from ledger_row where repository_id = $1 and kind = 'policy' and starts_with(data, $2)
     order by seq desc limit 1`,
    [repositoryId, `{"baseRef":${JSON.stringify(baseRef)},`],
  );
  return row?.data ?? null;
}

/** A row as it is stored: nothing of it is checked. */
export type StoredRow = Omit<LedgerRow, "data" | "repository"> & {
  repositoryId: number | null;
  repository: string | null;
  /** Canonical JSON. */
  data: string;
};

/** The rows after one, in order, at most so many. */
export function readLedgerRows(database: Queryable, after: number, most: number): Promise<StoredRow[]> {
  return database.query<StoredRow>(
    `select seq, time, kind, repository_id as "repositoryId", repository, number, head_sha as "headSha", person, data,
       previous, hash from ledger_row where seq > $1 order by seq limit $2`,
    [after, most],
  );
}

/** Rows that say what judged a pull request, in order: of the policies of its repository, and its own verdicts. */
export function readPoliciesAndVerdicts(
  database: Queryable,
  { repositoryId, number }: { repositoryId: number; number: number },
): Promise<Pick<StoredRow, "seq" | "time" | "kind" | "data">[]> {
  return database.query(
    `select seq, time, kind, data from ledger_row
     where repository_id = $1 and (kind = 'policy' or kind = 'verdict' and number = $2) order by seq`,
    [repositoryId, number],
  );
}

/** Whether the database has a table for the ledger: one that an older ModelSync made has none. */
export async function hasLedger(database: Queryable): Promise<boolean> {
  const [row] = await database.query<{ there: boolean }>("select to_regclass('ledger_row') is not null as there");
  return row!.there;
}

/** The repository that was last known by a name, whatever its case; null: no row is about one. */
export async function findLedgerRepository(database: Queryable, name: string): Promise<number | null> {
  const [row] = await database.query<{ id: number }>(
    `select repository_id as id from ledger_row where lower(repository) = lower($1) order by seq desc limit 1`,
    [name],
  );
  return row?.id ?? null;
}

/** Names of repositories that rows are about, at most so many. */
export async function listLedgerRepositories(database: Queryable, most: number): Promise<string[]> {
  const rows = await database.query<{ name: string }>(
    "select distinct repository as name from ledger_row where repository is not null order by 1 limit $1",
    [most],
  );
  return rows.map(({ name }) => name);
}

/** Whether a row is about this pull request. */
export async function isInLedger(
  database: Queryable,
  { repositoryId, number }: { repositoryId: number; number: number },
): Promise<boolean> {
  const rows = await database.query("select 1 from ledger_row where repository_id = $1 and number = $2 limit 1", [
    repositoryId,
    number,
  ]);
  return rows.length > 0;
}
