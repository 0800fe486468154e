import type { Logger } from "pino";
import type { AppClient } from "../github/app-client.ts";
import { readDeliveryLog, redeliver } from "../github/app-deliveries.ts";
import type { Database } from "../store/database.ts";
import { lostDeliveries, markAsked, markLogRead, mostRequests, noteLost, unreadLog } from "../store/lost-deliveries.ts";

/**
 * Asks GitHub for every delivery of its log that is not in the database: those that failed, and those that were answered
 * as if they had been stored. Returns how many were asked for.
 */
export async function recoverDeliveries({
  database,
  github,
  log,
}: {
  database: Database;
  github: AppClient;
  log: Logger;
}): Promise<number> {
  const app = await github.asApp();
  const { since, until } = await unreadLog(database);
  for await (const page of readDeliveryLog(app, since)) await noteLost(database, page);
  await markLogRead(database, until);
  const lost = await lostDeliveries(database);
  for (const { id, guid, asked } of lost) {
    await redeliver(app, id);
    await markAsked(database, guid);
    if (asked + 1 === mostRequests) log.error({ guid, times: mostRequests }, "gave up on a webhook that never arrives");
  }
  return lost.length;
}
