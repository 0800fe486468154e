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

/** What GitHub shows, and whether it may be older than an event that came: then it is to be looked at again. */
export interface PresentState {
  seen: FetchedPullRequest | null;
  doubtful: boolean;
}

/**
 * Reads the pull request until it is as new as the event told: for a moment GitHub's API can lag behind its webhooks, and
 * an older text or head could open the gate. An answer that is newer than the event counts, whatever its head. One of the
 * same second with another head may be either; it is taken after a moment, because a check belongs to one commit and a
 * verdict on the wrong one opens nothing, while a commit without any is blocked. On the last attempt all is taken.
 */
export async function fetchPresentState(
  fetch: () => Promise<FetchedPullRequest | null>,
  record: PullRequestRecord,
  attempt: Attempt,
): Promise<PresentState> {
  let seen = await fetch();
  for (const pause of pauses) {
    if (ageOf(seen, record) === "present") return { seen, doubtful: false };
    await wait(pause, undefined, { signal: attempt.signal });
    seen = await fetch();
  }
  const age = ageOf(seen, record);
  if (age === "older" && !attempt.last) throw new StaleRead(record, seen);
  return { seen, doubtful: age !== "present" };
}

function ageOf(seen: FetchedPullRequest | null, record: PullRequestRecord): "present" | "unclear" | "older" {
  if (seen === null || seen.updatedAt < record.updatedAt) return "older";
  if (seen.updatedAt > record.updatedAt || seen.state === "closed") return "present";
  return seen.pullRequest.head.sha === record.headSha ? "present" : "unclear";
}
