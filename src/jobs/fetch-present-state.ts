import { setTimeout as wait } from "node:timers/promises";
import type { FetchedPullRequest } from "../github/fetch-pull-request.ts";
import type { Attempt } from "../store/job-queue.ts";
import type { PullRequestRecord } from "../store/pull-requests.ts";

/** GitHub answered with an older state than the one its own event told. */
export class StaleRead extends Error {
  constructor(expected: string, found: string | null) {
    super(`GitHub told about head ${expected}, but its API still shows ${found ?? "no such pull request"}`);
    this.name = "StaleRead";
  }
}

const pauses = [500, 1500];

/**
 * Reads the pull request until its head is the one that the event told about: for a moment after a push, GitHub's API can
 * lag behind its webhooks. On the last attempt whatever GitHub shows is taken, because then the event was the older one.
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
  throw new StaleRead(record.headSha, seen?.pullRequest.head.sha ?? null);
}

function isCurrent(seen: FetchedPullRequest | null, record: PullRequestRecord): boolean {
  return seen !== null && (seen.pullRequest.head.sha === record.headSha || seen.state === "closed");
}
