import type { RepositoryClient } from "../github/app-client.ts";
import { checkRunName } from "../github/check-run-name.ts";
import { type CheckRunContent, createCheckRun, updateCheckRun } from "../github/write-check-run.ts";
import { type CheckRunKey, readCheckRun, recordCheckRun } from "../store/check-runs.ts";
import type { Database } from "../store/database.ts";
import type { PullRequestRecord } from "../store/pull-requests.ts";
import { digest } from "./hash-inputs.ts";
import type { Publishable } from "./review-ports.ts";

type Shown = Omit<Publishable["checkRun"], "conclusion"> & { conclusion: "success" | "failure" | "cancelled" };

/** Where a verdict goes: one commit, one base branch, one pull request. */
export interface Target {
  record: PullRequestRecord;
  headSha: string;
  baseRef: string;
}

/**
 * Shows that a review is under way: while nobody knows, the gate is shut. A run that was completed stays as it is, because
 * GitHub lets nobody take it back; the newest of a name counts.
 */
export async function showPending(database: Database, client: RepositoryClient, target: Target): Promise<void> {
  const key = keyOf(target);
  const known = await readCheckRun(database, key);
  if (known?.contentHash === null) return;
  const summary = `Comparing this commit with \`${target.baseRef.replaceAll("`", "")}\`.`;
  const content: CheckRunContent = { status: "in_progress", title: "Reviewing", summary };
  const checkRunId = await createCheckRun(client, runOf(target), content);
  await recordCheckRun(database, key, {
    checkRunId,
    contentHash: null,
    conclusion: null,
    writer: target.record.number,
  });
}

/** Completes the run that is in progress, or makes a new one; nothing when the newest already says so. */
export async function publishCheckRun(
  database: Database,
  client: RepositoryClient,
  target: Target,
  { conclusion, ...output }: Shown,
): Promise<void> {
  const key = keyOf(target);
  const contentHash = digest({ conclusion, output });
  const known = await readCheckRun(database, key);
  if (known?.contentHash === contentHash) return;
  const content = { status: "completed", conclusion, output } as const;
  const begun = known !== null && known.contentHash === null;
  const completed = begun && (await updateCheckRun(client, known.checkRunId, content));
  const checkRunId = completed ? known.checkRunId : await createCheckRun(client, runOf(target), content);
  await recordCheckRun(database, key, { checkRunId, contentHash, conclusion, writer: target.record.number });
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
  await recordCheckRun(database, keyOf(target), { ...known, contentHash: "cancelled", conclusion: "cancelled" });
}

/** Takes back what was published, if there is anything: nobody asks for it any more. It neither passes nor fails then. */
export async function withdrawCheckRun(
  database: Database,
  client: RepositoryClient,
  target: Target,
  shown: Publishable["checkRun"],
): Promise<void> {
  const known = await readCheckRun(database, keyOf(target));
  if (known && known.conclusion !== "cancelled") {
    await publishCheckRun(database, client, target, { ...shown, conclusion: "cancelled" });
  }
}

/** What the newest run of a place says, null where it is in progress or there is none; and whose review wrote it, if known. */
export async function shownRun(database: Database, target: Target) {
  const { conclusion = null, writer = null } = (await readCheckRun(database, keyOf(target))) ?? {};
  return { conclusion, writer };
}

function keyOf({ record, headSha, baseRef }: Target): CheckRunKey {
  return { repositoryId: record.repositoryId, headSha, name: checkRunName(baseRef) };
}

function runOf({ record, headSha, baseRef }: Target) {
  return { name: checkRunName(baseRef), headSha, externalId: `${record.repositoryId}#${record.number}` };
}
