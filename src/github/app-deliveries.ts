import { isStatus } from "./is-status.ts";
import type { Octokit } from "./octokit.ts";

/** One attempt of GitHub's at a delivery. */
export interface LoggedDelivery {
  id: number;
  /** The same for every attempt at one delivery. */
  guid: string;
  /** ISO 8601. */
  deliveredAt: string;
}

/** So many pages are read whatever came of the deliveries. What is older counts only when GitHub calls it failed. */
const wholePages = 20;
const mostPages = 1000;

/** The App's own delivery log at GitHub since a time, page by page, newest first. */
export async function* readDeliveryLog(app: Octokit, since: Date): AsyncGenerator<LoggedDelivery[]> {
  for (const [most, filter] of [
    [wholePages, {}],
    [mostPages, { status: "failure" }],
  ] as const) {
    let pages = 0;
    const query = { per_page: 100, ...filter };
    for await (const { data } of app.paginate.iterator(app.rest.apps.listWebhookDeliveries, query)) {
      const recent = data.filter(({ delivered_at }) => new Date(delivered_at) >= since);
      yield recent.map(({ id, guid, delivered_at }) => ({ id, guid, deliveredAt: delivered_at }));
      pages += 1;
      if (recent.length < data.length) return;
      if (pages === most) break;
    }
    if (pages < most) return;
  }
}

/** Asks GitHub to send a delivery again. One that it has forgotten can't be helped. */
export async function redeliver(app: Octokit, id: number): Promise<void> {
  try {
    await app.rest.apps.redeliverWebhookDelivery({ delivery_id: id });
  } catch (error) {
    if (!isStatus(error, 404, 422)) throw error;
  }
}
