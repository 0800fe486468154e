import type { Queryable } from "./database.ts";

/** What is known about a delivery: never seen, accepted but its work is still to be done, or done. */
export type DeliveryState = "new" | "waiting" | "processed";

/**
 * Records a delivery. A GUID that was seen before keeps its row, so the answer tells a replay from a first arrival.
 * Only a *processed* delivery may be ignored: one whose work was lost must be able to ask for it again.
 */
export async function recordDelivery(database: Queryable, guid: string, event: string): Promise<DeliveryState> {
  const added = await database.query(
    "insert into delivery (guid, event) values ($1, $2) on conflict do nothing returning guid",
    [guid, event],
  );
  if (added.length > 0) return "new";
  const [row] = await database.query<{ processed_at: Date | null }>(
    "select processed_at from delivery where guid = $1",
    [guid],
  );
  return row?.processed_at ? "processed" : "waiting";
}

/** The delivery needed no work, or its work is done. */
export async function markProcessed(database: Queryable, guid: string): Promise<void> {
  await database.query("update delivery set processed_at = now() where guid = $1 and processed_at is null", [guid]);
}

/** Ties a delivery to the generation of the pull request that it asked for. */
export async function awaitGeneration(
  database: Queryable,
  guid: string,
  wanted: { repositoryId: number; number: number; generation: number },
): Promise<void> {
  await database.query("update delivery set repository_id = $2, number = $3, generation = $4 where guid = $1", [
    guid,
    wanted.repositoryId,
    wanted.number,
    wanted.generation,
  ]);
}

/** Marks every delivery whose generation has been reached. */
export async function markGenerationProcessed(
  database: Queryable,
  done: { repositoryId: number; number: number; generation: number },
): Promise<void> {
  await database.query(
    `update delivery set processed_at = now()
     where repository_id = $1 and number = $2 and generation <= $3 and processed_at is null`,
    [done.repositoryId, done.number, done.generation],
  );
}

/** Forgets deliveries that GitHub could not send again anyway. */
export async function forgetOldDeliveries(database: Queryable, days: number): Promise<void> {
  await database.query("delete from delivery where received_at < now() - make_interval(days => $1::integer)", [days]);
}
