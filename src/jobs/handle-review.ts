import { randomInt } from "node:crypto";
import { RateLimited } from "../github/rate-limited.ts";
import { renderNotice } from "../report/render-notice.ts";
import { pauseInstallation, pauseOf } from "../store/installations.ts";
import type { Attempt } from "../store/job-queue.ts";
import {
  closePullRequest,
  type PullRequestKey,
  type PullRequestRecord,
  readPullRequest,
  recordEvaluation,
} from "../store/pull-requests.ts";
import { installationFor } from "./installation-for.ts";
import { publishCheckRun, showPending } from "./publish-check-run.ts";
import { reviewPullRequest } from "./review-job.ts";
import type { Publishable, ReviewPorts } from "./review-ports.ts";

/**
 * Runs a review so that it always ends in something published: it waits when GitHub asks to, fails towards a retry while
 * there is one, and after the last one says in the check run what went wrong and what to do.
 */
export async function handleReview(ports: ReviewPorts, key: PullRequestKey, attempt: Attempt): Promise<void> {
  const record = await readPullRequest(ports.database, key);
  if (!record) return;
  const pausedUntil = await pauseOf(ports.database, record.installationId);
  if (pausedUntil !== null && pausedUntil > new Date()) return postpone(ports, key, pausedUntil);
  try {
    if ((await installationFor(ports, record)) === null) return await closePullRequest(ports.database, key);
    const end = await reviewPullRequest(ports, key, attempt);
    ports.log.info({ ...key, end }, "review ended");
  } catch (error) {
    if (error instanceof RateLimited) {
      ports.log.warn({ ...key, until: error.until }, "GitHub asked to wait");
      await pauseInstallation(ports.database, record.installationId, error.until);
      return postpone(ports, key, error.until);
    }
    if (!attempt.last) throw error;
    await publishFailure(ports, record, error);
  }
}

async function postpone({ database, queue }: ReviewPorts, key: PullRequestKey, until: Date): Promise<void> {
  await queue.sendReview(database, key, { startAfter: until });
}

/** A red check run with a reference is better than a check that never comes. */
async function publishFailure(ports: ReviewPorts, started: PullRequestRecord, error: unknown): Promise<void> {
  // Letters only: what looks like a commit would be linked by GitHub.
  const reference = Array.from({ length: 8 }, () => String.fromCharCode(97 + randomInt(26))).join("");
  const { repositoryId, number, desiredGeneration: generation } = started;
  ports.log.error({ repositoryId, number, reference, err: error }, "review failed");
  const record = await readPullRequest(ports.database, started);
  if (!record?.open) return;
  const client = await ports.github.forRepository(record.installationId, { ...record, id: record.repositoryId });
  const { headSha, baseRef } = record;
  const target = { record, headSha, baseRef };
  if (record.forced) await showPending(ports.database, client, target);
  // The comment keeps what was last known about the change.
  await publishCheckRun(ports.database, client, target, failureCheckRun(reference));
  await recordEvaluation(ports.database, record, {
    generation,
    inputsHash: null,
    headSha,
    baseRef,
    conclusion: "failure",
  });
}

function failureCheckRun(reference: string): Publishable["checkRun"] {
  return renderNotice({
    passes: false,
    sentence: "the review could not be finished",
    text: [
      "Something went wrong inside ModelSync or between it and GitHub. This says nothing about the change.",
      'Press "Re-run" on this check.',
      `If it fails again, tell whoever runs ModelSync the reference ${reference}: the server's log has the reason.`,
    ],
    problems: [],
  }).checkRun;
}
