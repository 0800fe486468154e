import type { Override } from "../verdict/override.ts";
import type { Queryable } from "./database.ts";
import type { Place } from "./twins.ts";

/** An override as a check run at GitHub has it. */
export interface FoundOverride extends Place, Override {
  /** Of the check run, see `overrideReference`. */
  reference: string;
  checkRunId: number;
}

/** Of these references, those of overrides that nobody has read yet. */
export async function unreadOverrides(
  database: Queryable,
  repositoryId: number,
  references: readonly string[],
): Promise<string[]> {
  const known = await database.query<{ reference: string }>(
    "select reference from override_run where repository_id = $1 and reference = any($2::text[])",
    [repositoryId, references],
  );
  return references.filter((one) => known.every(({ reference }) => reference !== one));
}

/** @returns whether it was not known before */
export async function recordOverride(database: Queryable, found: FoundOverride): Promise<boolean> {
  const rows = await database.query(
    `insert into override_run
       (repository_id, reference, check_run_id, number, head_sha, base_ref, login, reason, given_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning reference`,
    [
      found.repositoryId,
      found.reference,
      found.checkRunId,
      found.number,
      found.headSha,
      found.baseRef,
      found.by,
      found.reason,
      found.given,
    ],
  );
  return rows.length > 0;
}

/** The newest override of a place, as long as the pull request that it was given for is open and still there; null: none. */
export async function overrideOf(database: Queryable, place: Place): Promise<Override | null> {
  const [row] = await database.query<Override>(
    `select o.number, o.login as "by", o.reason, o.given_at as given, o.head_sha as "headSha"
     from override_run o join pull_request p on p.repository_id = o.repository_id and p.number = o.number
     where o.repository_id = $1 and o.head_sha = $2 and o.base_ref = $3
       and p.open and p.head_sha = o.head_sha and p.base_ref = o.base_ref
     order by o.given_at desc limit 1`,
    [place.repositoryId, place.headSha, place.baseRef],
  );
  return row ?? null;
}
