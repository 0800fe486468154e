import type { Queryable } from "./database.ts";

/** What GitHub said about an installation when it was last asked: deleted and suspended ones may not be worked for. */
export async function recordInstallation(database: Queryable, id: number, active: boolean): Promise<void> {
  await database.query(
    `insert into installation (id, active, asked) values ($1, $2, true)
     on conflict (id) do update set active = excluded.active, asked = true`,
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

/** Until when GitHub asked to wait; null when it never did. */
export async function pauseOf(database: Queryable, id: number): Promise<Date | null> {
  const [row] = await database.query<{ until: Date | null }>(
    "select paused_until as until from installation where id = $1",
    [id],
  );
  return row?.until ?? null;
}

/** A job was dropped because GitHub says that the App may not work there. Returns how many there were. */
export async function countDropped(database: Queryable, id: number): Promise<number> {
  const [row] = await database.query<{ dropped: number }>(
    `insert into installation (id, active, dropped) values ($1, false, 1)
     on conflict (id) do update set dropped = installation.dropped + 1 returning dropped`,
    [id],
  );
  return row!.dropped;
}

/** Every installation whose state was asked for, and whether it may be worked for. */
export async function askedInstallations(database: Queryable): Promise<Map<number, boolean>> {
  const rows = await database.query<{ id: number; active: boolean }>("select id, active from installation where asked");
  return new Map(rows.map(({ id, active }) => [id, active]));
}
