import type { Queryable } from "./database.ts";
import type { PullRequestKey } from "./pull-requests.ts";

/**
 * Remembers that a pull request was judged on these hold-outs and counts, by digest, how many pull requests of the
 * repository each has judged, this one included. However often a pull request is reviewed, it counts once.
 */
export async function recordHoldoutUses(
  database: Queryable,
  { repositoryId, number }: PullRequestKey,
  digests: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (digests.length === 0) return new Map();
  await database.query(
    `insert into holdout_use (repository_id, digest, number)
     select $1, digest, $3 from unnest($2::text[]) as digest on conflict do nothing`,
    [repositoryId, digests, number],
  );
  const rows = await database.query<{ digest: string; uses: number }>(
    `select digest, count(*)::integer as uses from holdout_use
     where repository_id = $1 and digest = any($2::text[]) group by digest`,
    [repositoryId, digests],
  );
  return new Map(rows.map(({ digest, uses }) => [digest, uses]));
}
