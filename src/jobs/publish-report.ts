import type { RepositoryClient } from "../github/app-client.ts";
import { checkRunName } from "../github/check-run-name.ts";
import type { FetchedPullRequest } from "../github/fetch-pull-request.ts";
import { type CheckRunContent, createCheckRun, updateCheckRun } from "../github/write-check-run.ts";
import { writeComment } from "../github/write-comment.ts";
import { type CheckRunKey, readCheckRun, recordCheckRun } from "../store/check-runs.ts";
import type { Database } from "../store/database.ts";
import { failingTwins, type PullRequestRecord, recordComment } from "../store/pull-requests.ts";
import { digest } from "./hash-inputs.ts";
import type { Publishable } from "./review-ports.ts";

/** Where a verdict goes: one commit, one base branch, one pull request. */
export interface Target {
  record: PullRequestRecord;
  headSha: string;
  baseRef: string;
  /** Somebody wrote into the conversation before, perhaps us. */
  commented: boolean;
}

export function targetOf(record: PullRequestRecord, seen: FetchedPullRequest): Target {
  return {
    record,
    headSha: seen.pullRequest.head.sha,
    baseRef: seen.pullRequest.base.ref,
    commented: seen.comments > 0,
  };
}

/**
 * Makes the check run visible before the work begins. A finished one of the same commit stays until the verdict
 * differs, unless somebody asked for a new run or the pull request came back to this base branch.
 */
export async function announceReview(database: Database, client: RepositoryClient, target: Target): Promise<void> {
  const { record, headSha, baseRef } = target;
  const key = keyOf(target);
  const known = await readCheckRun(database, key);
  if (known?.contentHash === null) return;
  const content: CheckRunContent = {
    status: "in_progress",
    title: "Reviewing",
    summary: `Comparing this commit with \`${baseRef.replaceAll("`", "")}\`.`,
  };
  const returned = record.evaluatedHeadSha === headSha && record.evaluatedBaseRef !== baseRef;
  if (known && !record.forced) {
    if (!returned) return;
    if (await updateCheckRun(client, known.checkRunId, content)) {
      await recordCheckRun(database, key, { ...known, contentHash: null });
      return;
    }
  }
  const checkRunId = await createCheckRun(client, runOf(target), content);
  await recordCheckRun(database, key, { checkRunId, contentHash: null, annotated: false });
}

/** Writes the check run, then the comment; neither when it already says so. */
export async function publishReport(
  database: Database,
  client: RepositoryClient,
  target: Target,
  report: Publishable,
): Promise<void> {
  const { record } = target;
  await publishCheckRun(database, client, target, await withTwins(database, target, report.checkRun));
  if (report.comment === null) return;
  const hash = digest(report.comment);
  if (hash === record.commentHash) return;
  const known = record.commentId ?? (target.commented ? "unknown" : "none");
  const id = await writeComment(client, record.number, report.comment, known);
  await recordComment(database, record, { id, hash });
}

/** The review of this commit against this base will not be finished: its check run must not wait for ever. */
export async function cancelCheckRun(database: Database, client: RepositoryClient, target: Target): Promise<void> {
  const known = await readCheckRun(database, keyOf(target));
  if (!known || known.contentHash !== null) return;
  const output = {
    title: "Replaced",
    summary: "The pull request has a newer commit or another base branch, or it was closed.",
    text: "",
    annotations: [],
  };
  await updateCheckRun(client, known.checkRunId, { status: "completed", conclusion: "cancelled", output });
  await recordCheckRun(database, keyOf(target), { ...known, contentHash: "cancelled" });
}

async function publishCheckRun(
  database: Database,
  client: RepositoryClient,
  target: Target,
  { conclusion, ...output }: Publishable["checkRun"],
): Promise<void> {
  const key = keyOf(target);
  const contentHash = digest({ conclusion, output });
  const known = await readCheckRun(database, key);
  if (known?.contentHash === contentHash) return;
  const content = { status: "completed", conclusion, output } as const;
  const correctable = known !== null && !known.annotated;
  const updated = correctable && (await updateCheckRun(client, known.checkRunId, content));
  const checkRunId = updated ? known.checkRunId : await createCheckRun(client, runOf(target), content);
  await recordCheckRun(database, key, { checkRunId, contentHash, annotated: output.annotations.length > 0 });
}

/**
 * Two pull requests with the same head and base share one check run. It may only pass when both do; otherwise a second
 * pull request with a better text could open the gate for the first.
 */
async function withTwins(
  database: Database,
  { record, headSha, baseRef }: Target,
  checkRun: Publishable["checkRun"],
): Promise<Publishable["checkRun"]> {
  if (checkRun.conclusion === "failure") return checkRun;
  const twins = await failingTwins(database, record, headSha, baseRef);
  if (twins.length === 0) return checkRun;
  const names = twins.map((number) => `#${number}`).join(", ");
  const note = `This pull request passes, but ${names} with the same commit and the same base branch does not, and they share this check. Close or repair ${names}.`;
  return {
    ...checkRun,
    conclusion: "failure",
    title: `${names} with the same commit fails`,
    summary: `${note}\n\n${checkRun.summary}`.slice(0, 65_535),
  };
}

function keyOf({ record, headSha, baseRef }: Target): CheckRunKey {
  return { repositoryId: record.repositoryId, headSha, name: checkRunName(baseRef) };
}

function runOf({ record, headSha, baseRef }: Target) {
  return { name: checkRunName(baseRef), headSha, externalId: `${record.repositoryId}#${record.number}` };
}
