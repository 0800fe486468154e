import { missingPolicy } from "../github/fetch-base-policies.ts";
import { fetchPullRequest } from "../github/fetch-pull-request.ts";
import { mayWrite } from "../github/may-write.ts";
import { withSealedWaivers } from "../report/sealed-waivers.ts";
import { markGenerationProcessed } from "../store/deliveries.ts";
import type { Attempt } from "../store/job-queue.ts";
import { overrideOf } from "../store/overrides.ts";
import {
  isCurrent,
  type PullRequestKey,
  readPullRequest,
  recordUnchanged,
  waitingHash,
  wasEdited,
} from "../store/pull-requests.ts";
import { twinsOf } from "../store/twins.ts";
import { waiversOf } from "../store/waivers.ts";
import { adoptOverrides } from "./adopt-overrides.ts";
import { announce } from "./announce.ts";
import { closeAndTellTwins } from "./close-and-tell-twins.ts";
import { evaluate } from "./evaluate.ts";
import { fetchLinkedIssues } from "./fetch-linked-issues.ts";
import { fetchPresentState } from "./fetch-present-state.ts";
import { engine, hashInputs } from "./hash-inputs.ts";
import { minutesUntilRetry } from "./minutes-until-retry.ts";
import { isUnasked } from "./notice-without-policy.ts";
import { cancelCheckRun, showPending } from "./publish-check-run.ts";
import { publishComment } from "./publish-comment.ts";
import { publishStanding, standsAsShown, waitsStill } from "./publish-standing.ts";
import { recordOutcome } from "./record-outcome.ts";
import { rememberLinks } from "./remember-links.ts";
import { requestReview } from "./request-review.ts";
import { restoreWaivers } from "./restore-waivers.ts";
import type { ReviewPorts } from "./review-ports.ts";
import { conclude, tellTwins } from "./tell-twins.ts";
import { watchGeneration } from "./watch-generation.ts";

/** How a review ended when nothing went wrong. */
export type ReviewEnd = "published" | "unchanged" | "superseded" | "closed" | "nothing-to-do";

/**
 * Reviews a pull request as it is now: load the policy and the facts, run the experiments, run the checks, form the
 * verdict, render the report, publish it.
 *
 * The job knows only which pull request. What it publishes belongs to one generation and one head commit: an event that
 * arrives in between starts the next generation, and the older review ends without a word.
 */
export async function reviewPullRequest(ports: ReviewPorts, key: PullRequestKey, attempt: Attempt): Promise<ReviewEnd> {
  const { database } = ports;
  const record = await readPullRequest(database, key);
  if (!record?.open || record.doneGeneration >= record.desiredGeneration) return "nothing-to-do";
  const generation = record.desiredGeneration;

  const client = await ports.github.forRepository(record.installationId, { ...record, id: record.repositoryId });
  const fetch = () => fetchPullRequest(client, record.number, record.baseRef);
  const { seen, doubtful } = await fetchPresentState(fetch, record, attempt);
  if (seen !== null) await adoptOverrides(ports, client, seen);
  if (seen === null || seen.state === "closed" || seen.archived) {
    await database.transaction((transaction) => closeAndTellTwins(transaction, ports.queue, record, { generation }));
    await markGenerationProcessed(database, { ...key, generation });
    const { headSha, baseRef } = record;
    if (seen && !seen.archived) await cancelCheckRun(database, client, { record, headSha, baseRef });
    return "closed";
  }
  const retryInMinutes = doubtful || seen.refused ? minutesUntilRetry(record.failures, "refused") : null;
  const linkedIssues = await fetchLinkedIssues(client, seen, ports.checks);
  await rememberLinks(database, key, seen, linkedIssues);
  const target = { record, headSha: seen.pullRequest.head.sha, baseRef: seen.pullRequest.base.ref };
  const place = { repositoryId: key.repositoryId, headSha: target.headSha, baseRef: target.baseRef };
  const unknown = record.evaluatedHeadSha === null && record.commentId === null && seen.comments > 0;
  const commentId = unknown ? await restoreWaivers(database, client, key, ports.sealKey) : record.commentId;
  const waivers = await waiversOf(database, key);
  const inputsHash = hashInputs(seen, linkedIssues, await twinsOf(database, key, place), waivers, new Date());
  const mayStay = !record.forced && !wasEdited(record);
  if (inputsHash === record.inputsHash && mayStay && (await standsAsShown(database, target))) {
    await database.transaction(async (transaction) => {
      await recordUnchanged(transaction, key, generation, retryInMinutes);
      await tellTwins(transaction, ports.queue, record, place);
    });
    await markGenerationProcessed(database, { ...key, generation });
    return "unchanged";
  }

  const judgedBefore = record.evaluatedHeadSha === target.headSha;
  const cameBack = judgedBefore && record.evaluatedBaseRef !== target.baseRef;
  // where a verdict stands already, a quick review only writes another one
  const patience = record.forced || cameBack ? 0 : ports.patienceMilliseconds * (judgedBefore ? 3 : 1);
  const show = () => showPending(database, client, target);
  // What was let through by hand stays open while it is reviewed.
  const isOpened = (await overrideOf(database, place)) !== null;
  using announcement = await announce(show, isOpened || isUnasked(seen) ? null : patience);
  using watch = watchGeneration(database, key, generation, attempt.signal);
  const report = await evaluate(ports, client, seen, linkedIssues, {
    forced: record.forced,
    waivers,
    signal: watch.signal,
  }).catch(async (error) => {
    await announcement.settle().catch(() => {});
    if (await isCurrent(database, key, generation)) throw error;
    return null;
  });
  await announcement.settle();
  const conclusion = report === null || report.silent ? null : report.checkRun.conclusion;
  const insider = conclusion === null ? record.insider : await mayWrite(client, seen);
  const found = { ...place, generation, conclusion, insider };
  if (report === null || !(await conclude(ports, record, found))) {
    const newest = await readPullRequest(database, key);
    const sameTarget = newest?.open && newest.headSha === target.headSha && newest.baseRef === target.baseRef;
    if (!sameTarget) await cancelCheckRun(database, client, target);
    return "superseded";
  }

  const { comment, waits } = await publishStanding(database, client, target, report, found.insider);
  const sealed = comment && withSealedWaivers(comment, waivers, key, ports.sealKey);
  const commented = await publishComment(
    database,
    client,
    { ...record, commentId },
    sealed,
    seen.comments > 0 && !unknown,
  );
  const judgedBy = { engine, policyOid: seen.policy?.oid ?? (seen.policyIsMissed ? missingPolicy : "") };
  const evaluated = { generation, ...target, conclusion, findings: report.findings, ...judgedBy };
  const rest =
    commented && !report.unready
      ? { inputsHash: waits ? waitingHash : inputsHash, retryInMinutes }
      : { inputsHash: null, retryInMinutes: minutesUntilRetry(record.failures, "refused") };
  const judged = { ...report, title: report.checkRun.title };
  await tellTwins(database, ports.queue, record, place);
  await database.transaction(async (transaction) => {
    await recordOutcome(transaction, record, { ...evaluated, ...rest }, judged, seen.pullRequest.base);
    // The twin's verdict may have come while this was written, and its review did not know who waits for it.
    if (!waits || (await waitsStill(transaction, target, found.insider))) return;
    await requestReview(transaction, ports.queue, record);
  });
  await markGenerationProcessed(database, { ...key, generation });
  return "published";
}
