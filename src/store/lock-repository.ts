import type { Queryable } from "./database.ts";

/**
 * Makes a transaction wait until every other one that changes several pull requests of the repository has ended. Without,
 * two that go through twins in different orders wait for each other, until the database refuses one of them.
 */
export async function lockRepository(transaction: Queryable, repositoryId: number): Promise<void> {
  await transaction.query("select pg_advisory_xact_lock($1::bigint)", [repositoryId]);
}
