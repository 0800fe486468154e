import type { Queryable } from "./database.ts";

/** A check run belongs to a commit and a name, never to a pull request. */
export interface CheckRunKey {
  repositoryId: number;
  headSha: string;
  name: string;
}

export interface CheckRunRecord {
  checkRunId: number;
  /** Digest of what was last written; null while it is in progress. */
  contentHash: string | null;
  /** Null while it is in progress. */
  conclusion: "success" | "failure" | "cancelled" | null;
  /** The pull request whose review wrote it last; null: not known. */
  writer: number | null;
}

export async function readCheckRun(database: Queryable, key: CheckRunKey): Promise<CheckRunRecord | null> {
  const [row] = await database.query<CheckRunRecord>(
    `select check_run_id as "checkRunId", content_hash as "contentHash", conclusion, writer from check_run
     where repository_id = $1 and head_sha = $2 and name = $3`,
    [key.repositoryId, key.headSha, key.name],
  );
  return row ?? null;
}

export async function recordCheckRun(database: Queryable, key: CheckRunKey, record: CheckRunRecord): Promise<void> {
  await database.query(
    `insert into check_run (repository_id, head_sha, name, check_run_id, content_hash, conclusion, writer)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (repository_id, head_sha, name) do update set
       check_run_id = excluded.check_run_id, content_hash = excluded.content_hash,
       conclusion = excluded.conclusion, writer = excluded.writer`,
    [key.repositoryId, key.headSha, key.name, record.checkRunId, record.contentHash, record.conclusion, record.writer],
  );
}
