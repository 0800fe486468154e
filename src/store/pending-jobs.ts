import type { Queryable } from "./database.ts";

export interface PendingJobs {
  waiting: number;
  active: number;
  /** Given up within the retention time. */
  failed: number;
}

/** Counts our jobs in the queue's tables; the queue keeps some of its own there. */
export async function countPendingJobs(database: Queryable): Promise<PendingJobs> {
  const rows = await database.query<{ state: string; count: number }>(
    `select state::text as state, count(*)::integer as count from pgboss.job
     where state <> 'completed' and not starts_with(name, '__pgboss__') group by 1`,
  );
  const count = (...states: string[]) =>
    rows.filter(({ state }) => states.includes(state)).reduce((sum, row) => sum + row.count, 0);
  return { waiting: count("created", "retry"), active: count("active"), failed: count("failed") };
}

/** Ids of the jobs of a queue that were given up, as far as they were asked for within these days. */
export async function failedJobs(database: Queryable, queue: string, days: number): Promise<string[]> {
  const rows = await database.query<{ id: string }>(
    `select id from pgboss.job
     where name = $1 and state = 'failed' and created_on > now() - make_interval(days => $2::integer)`,
    [queue, days],
  );
  return rows.map(({ id }) => id);
}
