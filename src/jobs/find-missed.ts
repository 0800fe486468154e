import { listDeliveries, redeliver } from "../github/app-deliveries.ts";
import { forgetOldDeliveries, knownDeliveries } from "../store/deliveries.ts";
import { knownRepositories, unfinishedPullRequests } from "../store/pull-requests.ts";
import type { ReviewPorts } from "./review-ports.ts";

/** GitHub can send a delivery again for three days; asking much later than that is pointless. */
const lookBackHours = 70;
const keepDeliveriesDays = 8;

/**
 * Repairs what got lost: deliveries that GitHub could not hand over are asked for again, and pull requests whose review
 * was wanted but never ended are put back into the queue.
 */
export async function sweep(ports: ReviewPorts): Promise<void> {
  const { database, queue, github, log } = ports;
  const waiting = await unfinishedPullRequests(database);
  for (const key of waiting) await queue.sendReview(database, key, { background: true });

  const app = await github.asApp();
  const since = new Date(Date.now() - lookBackHours * 3_600_000);
  const deliveries = await listDeliveries(app, since);
  const byGuid = Map.groupBy(deliveries, ({ guid }) => guid);
  const known = await knownDeliveries(database, [...byGuid.keys()]);
  const lost = [...byGuid.values()]
    .filter((attempts) => !attempts.some(({ guid, delivered }) => delivered || known.has(guid)))
    .map((attempts) => attempts[0]!);
  for (const { id } of lost) await redeliver(app, id);
  await forgetOldDeliveries(database, keepDeliveriesDays);
  if (waiting.length + lost.length > 0) log.info({ reviews: waiting.length, deliveries: lost.length }, "swept");
}

/** Looks for open pull requests whose present head has no verdict, in every repository that was ever worked in. */
export async function reconcile({ database, queue }: ReviewPorts): Promise<void> {
  for (const repository of await knownRepositories(database)) {
    await queue.sendFanOut(database, { kind: "repository", ...repository, missingOnly: true }, null);
  }
}
