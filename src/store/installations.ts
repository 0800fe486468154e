import type { Queryable } from "./database.ts";

/** Notes whether an installation may be worked for: deleted and suspended ones may not. */
export async function recordInstallation(database: Queryable, id: number, active: boolean): Promise<void> {
  await database.query(
    "insert into installation (id, active) values ($1, $2) on conflict (id) do update set active = excluded.active",
    [id, active],
  );
}

/** GitHub asked for patience until then; every job of the installation waits. */
export async function pauseInstallation(database: Queryable, id: number, until: Date): Promise<void> {
  await database.query(
    `insert into installation (id, paused_until) values ($1, $2)
     on conflict (id) do update set paused_until = greatest(installation.paused_until, excluded.paused_until)`,
    [id, until.toISOString()],
  );
}

/** An installation that was never heard of counts as active: its events arrive, so it exists. */
export async function readInstallation(
  database: Queryable,
  id: number,
): Promise<{ active: boolean; pausedUntil: Date | null }> {
  const [row] = await database.query<{ active: boolean; pausedUntil: Date | null }>(
    `select active, paused_until as "pausedUntil" from installation where id = $1`,
    [id],
  );
  return row ?? { active: true, pausedUntil: null };
}
