import type { Queryable } from "./database.ts";

/** A repository as GitHub lists it. The number is for ever; owner and name change. */
export interface ListedRepository {
  id: number;
  owner: string;
  name: string;
}

/**
 * Records which repositories an installation covers now. Pull requests follow a repository that was renamed or moved,
 * and those of one that is no longer covered are closed for us.
 *
 * @returns the repositories that were not covered by this installation before
 */
export async function recordCoverage<Repository extends ListedRepository>(
  database: Queryable,
  installationId: number,
  listed: readonly Repository[],
): Promise<Repository[]> {
  const rows = await database.query<{ id: number }>(
    "select repository_id as id from covered_repository where installation_id = $1",
    [installationId],
  );
  const before = new Set(rows.map(({ id }) => id));
  const columns = [listed.map(({ id }) => id), listed.map(({ owner }) => owner), listed.map(({ name }) => name)];
  await database.query(
    "delete from covered_repository where installation_id = $1 and repository_id <> all($2::bigint[])",
    [installationId, columns[0]],
  );
  await database.query(
    `insert into covered_repository (repository_id, installation_id, owner, name)
     select id, $1, owner, name from unnest($2::bigint[], $3::text[], $4::text[]) as listed (id, owner, name)
     on conflict (repository_id) do update set
       installation_id = excluded.installation_id, owner = excluded.owner, name = excluded.name`,
    [installationId, ...columns],
  );
  await database.query(
    `update pull_request p set installation_id = c.installation_id, owner = c.owner, name = c.name
     from covered_repository c where c.repository_id = p.repository_id and $1 in (c.installation_id, p.installation_id)
       and (p.installation_id, p.owner, p.name) <> (c.installation_id, c.owner, c.name)`,
    [installationId],
  );
  await database.query(
    `update pull_request p set open = false, desired_generation = desired_generation + 1,
       done_generation = desired_generation + 1
     where open and installation_id = $1
       and not exists (select 1 from covered_repository c where c.repository_id = p.repository_id)`,
    [installationId],
  );
  return listed.filter(({ id }) => !before.has(id));
}

/** The installation that covers a repository and may be worked for, as far as GitHub was asked; else null. */
export async function coveringInstallation(database: Queryable, repositoryId: number): Promise<number | null> {
  const [row] = await database.query<{ id: number }>(
    "select installation_id as id from covered_repository where repository_id = $1",
    [repositoryId],
  );
  return row?.id ?? null;
}

/** Repositories that may be worked for and in which a pull request was seen, by their newest name. */
export async function knownRepositories(
  database: Queryable,
): Promise<{ repositoryId: number; installationId: number; owner: string; name: string }[]> {
  return database.query(
    `select repository_id as "repositoryId", installation_id as "installationId", owner, name from covered_repository c
     where exists (select 1 from pull_request p where p.repository_id = c.repository_id) order by 1`,
  );
}
