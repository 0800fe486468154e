import type { Queryable } from "./database.ts";

/** What the policy of a base branch cares about, as of the last review: cheap answers for events. */
export interface BasePolicy {
  /** Triggers that an enabled check names. */
  triggers: string[];
  /** Repository paths whose change on the base branch matters: the policy, the experiments, their data. */
  watched: string[];
  /** There is no policy, and nothing requires our check: nobody asks for reviews. */
  unasked: boolean;
}

export async function readBasePolicy(
  database: Queryable,
  repositoryId: number,
  baseRef: string,
): Promise<BasePolicy | null> {
  const [row] = await database.query<BasePolicy>(
    "select triggers, watched, unasked from base_policy where repository_id = $1 and base_ref = $2",
    [repositoryId, baseRef],
  );
  return row ?? null;
}

export async function recordBasePolicy(
  database: Queryable,
  repositoryId: number,
  baseRef: string,
  policy: BasePolicy,
): Promise<void> {
  await database.query(
    `insert into base_policy (repository_id, base_ref, triggers, watched, unasked)
     values ($1, $2, $3::text[], $4::text[], $5)
     on conflict (repository_id, base_ref) do update set
       triggers = excluded.triggers, watched = excluded.watched, unasked = excluded.unasked`,
    [repositoryId, baseRef, policy.triggers, policy.watched, policy.unasked],
  );
}
