import type { Queryable } from "./database.ts";

export interface PendingJobs {
  waiting: number;
  active: number;
  /** Given up within the retention time. */
  failed: number;
}

/** Counts the jobs of the queue's tables. */
export async function countPendingJobs(database: Queryable): Promise<PendingJobs> {
  const rows = await database.query<{ state: string; count: number }>(
    "select state::text as state, count(*)::integer as count from pgboss.job where state <> 'completed' group by 1",
  );
  const count = (...states: string[]) =>
    rows.filter(({ state }) => states.includes(state)).reduce((sum, row) => sum + row.count, 0);
  return { waiting: count("created", "retry"), active: count("active"), failed: count("failed") };
}
