import type { Queryable } from "../store/database.ts";
import type { Queue } from "../store/job-queue.ts";
import type { PullRequestRecord } from "../store/pull-requests.ts";
import { type Concluded, letTwinsWait, type Place, placeOf, recordConclusion, waitingTwins } from "../store/twins.ts";
import { ask, askTwins, isSamePlace } from "./request-review.ts";
import type { ReviewPorts } from "./review-ports.ts";

/**
 * Records a conclusion, and with it that its twins wait for this pull request when what they must say of it changed: it fails
 * now or no longer does. Those of a place where it is not any more are asked at once. All or nothing, so that a review that is
 * interrupted and finds nothing changed when it begins again still tells them.
 *
 * @param before what was known when the review began
 * @returns false when a newer event replaced the review
 */
export function conclude(
  { database, queue }: Pick<ReviewPorts, "database" | "queue">,
  before: PullRequestRecord,
  found: Concluded,
): Promise<boolean> {
  return database.transaction(async (transaction) => {
    if (!(await recordConclusion(transaction, before, found))) return false;
    const judged = before.evaluatedHeadSha === found.headSha && before.evaluatedBaseRef === found.baseRef;
    const failed = judged && before.conclusion === "failure";
    if (failed !== (found.conclusion === "failure")) await letTwinsWait(transaction, before, found);
    if (!isSamePlace(before, found)) await askTwins(transaction, queue, before, placeOf(before));
    return true;
  });
}

/** Asks for a review of those that share a commit and a base with this one and wait for its verdict: it stands now. */
export async function tellTwins(
  database: Queryable,
  queue: Queue,
  key: PullRequestRecord,
  place: Place,
): Promise<void> {
  await ask(database, queue, place, await waitingTwins(database, key, place));
}
