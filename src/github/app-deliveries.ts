import type { Octokit } from "./octokit.ts";

export interface DeliveryAttempt {
  id: number;
  /** The same for every attempt at one delivery. */
  guid: string;
  delivered: boolean;
}

/** Pages of the log that are read at most: a quiet App has one, and one that failed for days is repaired bit by bit. */
const mostPages = 20;

/** The App's own delivery log at GitHub since a time, newest first. */
export async function listDeliveries(app: Octokit, since: Date): Promise<DeliveryAttempt[]> {
  const attempts: DeliveryAttempt[] = [];
  let pages = 0;
  for await (const { data } of app.paginate.iterator(app.rest.apps.listWebhookDeliveries, { per_page: 100 })) {
    const recent = data.filter(({ delivered_at }) => new Date(delivered_at) >= since);
    attempts.push(
      ...recent.map(({ id, guid, status_code }) => ({ id, guid, delivered: status_code >= 200 && status_code < 300 })),
    );
    pages += 1;
    if (recent.length < data.length || pages === mostPages) break;
  }
  return attempts;
}

/** Asks GitHub to send a delivery again. */
export async function redeliver(app: Octokit, id: number): Promise<void> {
  await app.rest.apps.redeliverWebhookDelivery({ delivery_id: id });
}
