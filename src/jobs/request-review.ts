import type { Queryable } from "../store/database.ts";
import { awaitGeneration } from "../store/deliveries.ts";
import type { Queue } from "../store/job-queue.ts";
import { lockRepository } from "../store/lock-repository.ts";
import { type PullRequestHint, type PullRequestKey, readPullRequest, wantReview } from "../store/pull-requests.ts";
import { type Place, placeOf, twinsOf } from "../store/twins.ts";

/**
 * Asks for a review: counts the generation up and puts the job into the queue, both or neither. Those that the pull request
 * leaves, because it has another commit or base now, are asked for one, too.
 */
export async function requestReview(
  transaction: Queryable,
  queue: Queue,
  hint: PullRequestHint,
  options: { forced?: boolean; background?: boolean; guid?: string | null } = {},
): Promise<void> {
  const { forced = false, background = false, guid = null } = options;
  await lockRepository(transaction, hint.repositoryId);
  const before = await readPullRequest(transaction, hint);
  const generation = await wantReview(transaction, hint, forced);
  if (guid !== null) await awaitGeneration(transaction, guid, { ...hint, generation });
  await queue.sendReview(transaction, hint, { background });
  const after = await readPullRequest(transaction, hint);
  if (before && after && !isSamePlace(before, after)) await askTwins(transaction, queue, before, placeOf(before));
}

/** Asks for a review of every other open pull request of a place. One of which nothing changed costs one call. */
export async function askTwins(database: Queryable, queue: Queue, key: PullRequestKey, place: Place): Promise<void> {
  const twins = await twinsOf(database, key, place);
  await ask(
    database,
    queue,
    place,
    twins.map(({ number }) => number),
  );
}

export async function ask(
  database: Queryable,
  queue: Queue,
  { repositoryId }: Place,
  numbers: number[],
): Promise<void> {
  for (const number of numbers) {
    const twin = await readPullRequest(database, { repositoryId, number });
    if (twin) await requestReview(database, queue, twin);
  }
}

export function isSamePlace(one: Place, other: Place): boolean {
  return one.headSha === other.headSha && one.baseRef === other.baseRef;
}
