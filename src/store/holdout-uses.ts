import type { Queryable } from "./database.ts";

/** A model that was judged on hold-outs drawn from some data. Both by digest. */
export interface HoldoutUse {
  data: string;
  model: string;
}

/**
 * Remembers that these models were judged and counts, by the digest of the data, how many different models of the repository were.
 * However often one model is judged, and by whichever pull request, it counts once.
 */
export async function recordHoldoutUses(
  database: Queryable,
  repositoryId: number,
  uses: readonly HoldoutUse[],
): Promise<ReadonlyMap<string, number>> {
  if (uses.length === 0) return new Map();
  const data = uses.map((use) => use.data);
  await database.query(
    `insert into holdout_model (repository_id, data, model)
     select $1, * from unnest($2::text[], $3::text[]) on conflict do nothing`,
    [repositoryId, data, uses.map(({ model }) => model)],
  );
  const rows = await database.query<{ data: string; models: number }>(
    `select data, count(*)::integer as models from holdout_model
     where repository_id = $1 and data = any($2::text[]) group by data`,
    [repositoryId, data],
  );
  return new Map(rows.map(({ data, models }) => [data, models]));
}
