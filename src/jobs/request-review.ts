import type { Queryable } from "../store/database.ts";
import { awaitGeneration } from "../store/deliveries.ts";
import type { Queue } from "../store/job-queue.ts";
import { lockRepository } from "../store/lock-repository.ts";
import { type PullRequestHint, wantReview } from "../store/pull-requests.ts";

/** Asks for a review: counts the generation up and puts the job into the queue, both or neither. */
export async function requestReview(
  transaction: Queryable,
  queue: Queue,
  hint: PullRequestHint,
  options: { forced?: boolean; background?: boolean; guid?: string | null } = {},
): Promise<void> {
  const { forced = false, background = false, guid = null } = options;
  await lockRepository(transaction, hint.repositoryId);
  const generation = await wantReview(transaction, hint, forced);
  if (guid !== null) await awaitGeneration(transaction, guid, { ...hint, generation });
  await queue.sendReview(transaction, hint, { background });
}
