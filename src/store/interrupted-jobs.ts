import type { Database } from "./database.ts";

/**
 * Puts jobs that were running when the process died back into the queue. Only right for a sole owner: on PGlite the
 * lock file makes this process the only one. On PostgreSQL other workers are alive, and the queue's heartbeat decides.
 */
export async function requeueInterruptedJobs(database: Database): Promise<void> {
  if (database.kind !== "pglite") return;
  await database.query("update pgboss.job set state = 'retry', start_after = now() where state = 'active'");
}
