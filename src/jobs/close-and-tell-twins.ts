import type { Queryable } from "../store/database.ts";
import type { Queue } from "../store/job-queue.ts";
import { lockRepository } from "../store/lock-repository.ts";
import { closePullRequest, type PullRequestRecord } from "../store/pull-requests.ts";
import { placeOf } from "../store/twins.ts";
import { askTwins } from "./request-review.ts";

/**
 * Counts a pull request as closed, unless a later event or a newer generation is known, and has those reviewed that shared
 * a check run with it: its verdict may have been the reason that they failed.
 *
 * @returns whether it counts as closed now
 */
export async function closeAndTellTwins(
  transaction: Queryable,
  queue: Queue,
  record: PullRequestRecord,
  only: { updatedAt?: string; generation?: number },
): Promise<boolean> {
  await lockRepository(transaction, record.repositoryId);
  if (!(await closePullRequest(transaction, record, only))) return false;
  await askTwins(transaction, queue, record, placeOf(record));
  return true;
}
