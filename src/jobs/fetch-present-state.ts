import { setTimeout as wait } from "node:timers/promises";
import type { FetchedPullRequest } from "../github/fetch-pull-request.ts";
import type { Attempt } from "../store/job-queue.ts";
import type { PullRequestRecord } from "../store/pull-requests.ts";

/** GitHub answered with an older state than the one its own event told. */
export class StaleRead extends Error {
  constructor({ headSha, updatedAt }: PullRequestRecord, seen: FetchedPullRequest | null) {
    const found = seen ? `${seen.pullRequest.head.sha} of ${seen.updatedAt}` : "no such pull request";
    super(`GitHub told about head ${headSha} of ${updatedAt}, but its API still shows ${found}`);
    this.name = "StaleRead";
  }
}

const pauses = [500, 1500];

/**
 * Reads the pull request until it is as new as the event told: for a moment GitHub's API can lag behind its webhooks, and
 * an older text or head could open the gate. On the last attempt whatever GitHub shows is taken, because then the event was the older one.
 */
export async function fetchPresentState(
  fetch: () => Promise<FetchedPullRequest | null>,
  record: PullRequestRecord,
  attempt: Attempt,
): Promise<FetchedPullRequest | null> {
  let seen = await fetch();
  for (const pause of pauses) {
    if (isCurrent(seen, record)) return seen;
    await wait(pause, undefined, { signal: attempt.signal });
    seen = await fetch();
  }
  if (isCurrent(seen, record) || attempt.last) return seen;
  throw new StaleRead(record, seen);
}

function isCurrent(seen: FetchedPullRequest | null, record: PullRequestRecord): boolean {
  if (seen === null || seen.state === "closed") return seen !== null;
  return seen.pullRequest.head.sha === record.headSha && seen.updatedAt >= record.updatedAt;
}
