import { knownRepositories } from "../store/covered-repositories.ts";
import { forgetOldDeliveries } from "../store/deliveries.ts";
import { unfinishedPullRequests, wantDueRetries } from "../store/pull-requests.ts";
import { wantExpiredWaivers } from "../store/waivers.ts";
import { checkInstallations } from "./check-installations.ts";
import { recoverDeliveries } from "./recover-deliveries.ts";
import type { ReviewPorts } from "./review-ports.ts";

const keepDeliveriesDays = 8;

/**
 * Repairs what got lost: deliveries that never arrived are asked for again, installations that GitHub shows otherwise are
 * looked at, pull requests whose review was wanted but never ended are put back into the queue, and searches for pull
 * requests that were given up begin anew.
 */
export async function sweep(ports: ReviewPorts): Promise<void> {
  const { database, queue, log } = ports;
  await wantDueRetries(database);
  await wantExpiredWaivers(database);
  const waiting = await unfinishedPullRequests(database);
  for (const key of waiting) await queue.sendReview(database, key, { background: true });
  const fanOuts = await queue.retryFanOuts();
  await checkInstallations(ports, false);
  const deliveries = await recoverDeliveries(ports);
  await forgetOldDeliveries(database, keepDeliveriesDays);
  if (waiting.length + fanOuts + deliveries > 0) log.info({ reviews: waiting.length, fanOuts, deliveries }, "swept");
}

/** Asks again what every installation covers, and looks for open pull requests whose present head has no verdict. */
export async function reconcile(ports: ReviewPorts): Promise<void> {
  await checkInstallations(ports, true);
  for (const repository of await knownRepositories(ports.database)) {
    await ports.queue.sendFanOut(ports.database, { kind: "repository", ...repository, missingOnly: true }, null);
  }
}
