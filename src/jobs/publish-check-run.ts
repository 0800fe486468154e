import type { RepositoryClient } from "../github/app-client.ts";
import { checkRunName } from "../github/check-run-name.ts";
import { type CheckRunContent, createCheckRun, updateCheckRun } from "../github/write-check-run.ts";
import { type CheckRunKey, readCheckRun, recordCheckRun } from "../store/check-runs.ts";
import type { Database } from "../store/database.ts";
import { failingTwins, type PullRequestRecord } from "../store/pull-requests.ts";
import { digest } from "./hash-inputs.ts";
import type { Publishable } from "./review-ports.ts";

/** Where a verdict goes: one commit, one base branch, one pull request. */
export interface Target {
  record: PullRequestRecord;
  headSha: string;
  baseRef: string;
}

/**
 * Shows that a review is under way, and takes back an older verdict on the same commit: while nobody knows, the gate is
 * shut. When somebody asked for a new run, that is what GitHub wants to see.
 */
export async function showPending(database: Database, client: RepositoryClient, target: Target): Promise<void> {
  const key = keyOf(target);
  const known = await readCheckRun(database, key);
  if (known?.contentHash === null) return;
  const summary = `Comparing this commit with \`${target.baseRef.replaceAll("`", "")}\`.`;
  const content: CheckRunContent = { status: "in_progress", title: "Reviewing", summary };
  const reuse = known !== null && !target.record.forced;
  const reused = reuse && (await updateCheckRun(client, known.checkRunId, content));
  const checkRunId = reused ? known.checkRunId : await createCheckRun(client, runOf(target), content);
  await recordCheckRun(database, key, { checkRunId, contentHash: null, annotated: reused && known.annotated });
}

/** Writes the verdict into the check run, unless it is there already. */
export async function publishCheckRun(
  database: Database,
  client: RepositoryClient,
  target: Target,
  checkRun: Publishable["checkRun"],
): Promise<void> {
  const { conclusion, ...output } = await withTwins(database, target, checkRun);
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
  const note =
    `This pull request passes, but ${names} with the same commit and the same base branch does not, ` +
    `and they share this check. Close or repair ${names}.`;
  return {
    ...checkRun,
    conclusion: "failure",
    title: `${names} with the same commit fails`.slice(0, 255),
    summary: `${note}\n\n${checkRun.summary}`.slice(0, 65_535),
  };
}

function keyOf({ record, headSha, baseRef }: Target): CheckRunKey {
  return { repositoryId: record.repositoryId, headSha, name: checkRunName(baseRef) };
}

function runOf({ record, headSha, baseRef }: Target) {
  return { name: checkRunName(baseRef), headSha, externalId: `${record.repositoryId}#${record.number}` };
}
