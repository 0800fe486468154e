import type { Queryable } from "./database.ts";

/** A delivery that stands in GitHub's log and not in the database, whatever GitHub was answered. */
export interface LostDelivery {
  /** Of one attempt at it, by which GitHub sends it again. */
  id: number;
  guid: string;
  /** How often it was asked for. */
  asked: number;
}

/** GitHub can send a delivery again for three days; asking much later than that is pointless. */
const lookBack = "interval '70 hours'";
/** Entries of the log can appear late. */
const overlap = "interval '15 minutes'";
/** The wait before it is asked for again; doubles each time, so that all requests together take two days. */
const firstWait = "interval '4 minutes'";

/** How often a delivery is asked for at most. */
export const mostRequests = 10;

/** How many are asked for at once: GitHub wants a second between writes. */
const mostAtOnce = 200;

/** From when on GitHub's log is to be read, and the present time. A new database begins with its own first day. */
export async function unreadLog(database: Queryable): Promise<{ since: Date; until: Date }> {
  const [row] = await database.query<{ since: Date; until: Date }>(
    `select greatest(read_until - ${overlap}, now() - ${lookBack}) as since, now() as until from delivery_log`,
  );
  return row!;
}

/** GitHub's log was read up to a time. */
export async function markLogRead(database: Queryable, until: Date): Promise<void> {
  await database.query("update delivery_log set read_until = $1", [until.toISOString()]);
}

/** Remembers those of the log's entries that never arrived. */
export async function noteLost(
  database: Queryable,
  logged: readonly { id: number; guid: string; deliveredAt: string }[],
): Promise<void> {
  await database.query(
    `insert into lost_delivery (guid, delivery_id, delivered_at)
     select guid, id, at from unnest($1::text[], $2::bigint[], $3::timestamptz[]) as logged (guid, id, at)
     where not exists (select 1 from delivery d where d.guid = logged.guid)
     order by id on conflict do nothing`,
    [logged.map(({ guid }) => guid), logged.map(({ id }) => id), logged.map(({ deliveredAt }) => deliveredAt)],
  );
}

/** Forgets what arrived in the end, and answers what is to be asked for now, those that were asked for least first. */
export async function lostDeliveries(database: Queryable): Promise<LostDelivery[]> {
  await database.query(
    `delete from lost_delivery l where delivered_at < now() - ${lookBack}
       or exists (select 1 from delivery d where d.guid = l.guid)`,
  );
  return database.query<LostDelivery>(
    `select delivery_id as id, guid, asked from lost_delivery
     where asked < ${mostRequests} and (asked_at is null or asked_at < now() - ${firstWait} * power(2, asked - 1))
     order by asked, delivered_at limit ${mostAtOnce}`,
  );
}

/** GitHub was asked for it. */
export async function markAsked(database: Queryable, guid: string): Promise<void> {
  await database.query("update lost_delivery set asked = asked + 1, asked_at = now() where guid = $1", [guid]);
}
