import { randomInt } from "node:crypto";
import type { RepositoryClient } from "../github/app-client.ts";
import { isTransient } from "../github/is-transient.ts";
import { RateLimited } from "../github/rate-limited.ts";
import { renderNotice } from "../report/render-notice.ts";
import { withOverride } from "../report/render-override.ts";
import type { Report } from "../report/report.ts";
import { readBasePolicy } from "../store/base-policies.ts";
import { pauseInstallation, pauseOf } from "../store/installations.ts";
import type { Attempt } from "../store/job-queue.ts";
import { overrideOf } from "../store/overrides.ts";
import {
  closePullRequest,
  type PullRequestKey,
  type PullRequestRecord,
  readPullRequest,
} from "../store/pull-requests.ts";
import { readStarted } from "../store/started-check-runs.ts";
import { adoptLeftRuns } from "./adopt-left-runs.ts";
import { engine } from "./hash-inputs.ts";
import { installationFor } from "./installation-for.ts";
import { minutesUntilRetry } from "./minutes-until-retry.ts";
import { ownReview } from "./own-review.ts";
import { publishCheckRun, showPending } from "./publish-check-run.ts";
import { recordOutcome } from "./record-outcome.ts";
import { reviewPullRequest } from "./review-job.ts";
import type { ReviewPorts } from "./review-ports.ts";

/**
 * Runs a review so that it always ends in something published: it waits when GitHub asks to, fails towards a retry while
 * there is one, and after the last one says in the check run what went wrong and what to do. What GitHub's state was the
 * reason for is tried again by itself.
 */
export async function handleReview(ports: ReviewPorts, key: PullRequestKey, attempt: Attempt): Promise<void> {
  const record = await readPullRequest(ports.database, key);
  if (!record) return;
  const pausedUntil = await pauseOf(ports.database, record.installationId);
  if (pausedUntil !== null && pausedUntil > new Date()) return postpone(ports, key, pausedUntil);
  const left = await readStarted(ports.database, key);
  const owner = await ownReview(ports, key);
  try {
    if ((await installationFor(ports, record)) === null) return void (await closePullRequest(ports.database, key));
    if (left.length > 0) await adoptLeftRuns(ports.database, await clientOf(owner.ports, record), record, left);
    const end = await reviewPullRequest(owner.ports, key, attempt);
    await owner.end();
    ports.log.info({ ...key, end }, "review ended");
  } catch (error) {
    if (await owner.wasReplaced()) {
      ports.log.warn({ ...key, err: error }, "another process took the review over");
      return;
    }
    if (error instanceof RateLimited) {
      ports.log.warn({ ...key, until: error.until }, "GitHub asked to wait");
      await pauseInstallation(ports.database, record.installationId, error.until);
      return postpone(ports, key, error.until);
    }
    if (!attempt.last) throw error;
    await publishFailure(owner.ports, record, error);
    await owner.end();
  }
}

function clientOf({ github }: ReviewPorts, record: PullRequestRecord): Promise<RepositoryClient> {
  return github.forRepository(record.installationId, { ...record, id: record.repositoryId });
}

async function postpone({ database, queue }: ReviewPorts, key: PullRequestKey, until: Date): Promise<void> {
  await queue.sendReview(database, key, { startAfter: until });
}

/** A red check run with a reference is better than a check that never comes. */
async function publishFailure(ports: ReviewPorts, started: PullRequestRecord, error: unknown): Promise<void> {
  const transient = isTransient(error);
  const retryInMinutes = transient ? minutesUntilRetry(started.failures, "outage") : null;
  // Letters only: what looks like a commit would be linked by GitHub.
  const reference = Array.from({ length: 8 }, () => String.fromCharCode(97 + randomInt(26))).join("");
  const { repositoryId, number, desiredGeneration: generation } = started;
  ports.log.error({ repositoryId, number, reference, retryInMinutes, err: error }, "review failed");
  const record = await readPullRequest(ports.database, started);
  if (!record?.open) return;
  const client = await clientOf(ports, record);
  const { headSha, baseRef } = record;
  const target = { record, headSha, baseRef };
  const unasked = (await readBasePolicy(ports.database, repositoryId, baseRef))?.unasked === true;
  const report = failureReport(transient ? null : reference);
  const { checkRun } = report;
  if (!unasked) {
    const override = await overrideOf(ports.database, { repositoryId, headSha, baseRef });
    if (record.forced && override === null) await showPending(ports.database, client, target);
    const shown = override === null ? report : withOverride(report, override);
    // The comment keeps what was last known about the change.
    await publishCheckRun(ports.database, client, target, shown.checkRun);
  }
  const conclusion = unasked ? null : ("failure" as const);
  const done = { generation, inputsHash: null, headSha, baseRef, conclusion, retryInMinutes, engine, policyOid: null };
  const judged = { title: checkRun.title, verdict: null, mergeBase: null };
  await ports.database.transaction((transaction) => recordOutcome(transaction, record, done, judged, null));
}

/** @param reference to the log; null: GitHub's state is the reason. Then every attempt says the same and writes once */
function failureReport(reference: string | null): Report {
  const text =
    reference === null
      ? [
          "GitHub did not answer as it should. This says nothing about the change.",
          "ModelSync tries again by itself until GitHub answers. Nobody needs to do anything.",
        ]
      : [
          "Something went wrong inside ModelSync. This says nothing about the change.",
          'Press "Re-run" on this check.',
          `If it fails again, tell whoever runs ModelSync the reference ${reference}: the server's log has the reason.`,
        ];
  return renderNotice({
    passes: false,
    sentence: "the review could not be finished",
    text,
    problems: [],
  });
}
