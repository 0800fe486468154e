import type { Queryable } from "../store/database.ts";
import type { Queue } from "../store/job-queue.ts";
import { type PullRequestKey, type PullRequestRecord, readPullRequest } from "../store/pull-requests.ts";
import { type Concluded, type Place, placeOf, twinsOf, waitingTwins } from "../store/twins.ts";
import { requestReview } from "./request-review.ts";
import type { ReviewPorts } from "./review-ports.ts";

/**
 * Asks for a review of the pull requests that share a commit and a base with this one, when what they must say of it changed:
 * it fails now or no longer does, or it came from another place, where it is not any more. Those that wait for it always hear.
 *
 * @param before what was known when the review began
 */
export async function tellTwins(
  { database, queue }: Pick<ReviewPorts, "database" | "queue">,
  before: PullRequestRecord,
  { conclusion, ...place }: Concluded,
): Promise<void> {
  const judged = before.evaluatedHeadSha === place.headSha && before.evaluatedBaseRef === place.baseRef;
  const failed = judged && before.conclusion === "failure";
  if (failed !== (conclusion === "failure")) await askTwins(database, queue, before, place);
  else await ask(database, queue, place, await waitingTwins(database, before, place));
  if (!isSamePlace(before, place)) await askTwins(database, queue, before, placeOf(before));
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

async function ask(database: Queryable, queue: Queue, { repositoryId }: Place, numbers: number[]): Promise<void> {
  for (const number of numbers) {
    const twin = await readPullRequest(database, { repositoryId, number });
    if (twin) await requestReview(database, queue, twin);
  }
}

export function isSamePlace(one: Place, other: Place): boolean {
  return one.headSha === other.headSha && one.baseRef === other.baseRef;
}
