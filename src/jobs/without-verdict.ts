import type { RepositoryClient } from "../github/app-client.ts";
import { fetchBasePolicies } from "../github/fetch-base-policies.ts";
import { fetchClosingIssues } from "../github/fetch-closing-issues.ts";
import { readBasePolicy } from "../store/base-policies.ts";
import type { Database } from "../store/database.ts";
import { type PullRequestHint, type PullRequestRecord, readPullRequest } from "../store/pull-requests.ts";
import { engine } from "./hash-inputs.ts";

/**
 * Of the open pull requests, those whose published verdict is not about GitHub's present state: another head or base, another
 * policy, other linked issues, another engine. One query for all policies, and one for all links. What GitHub does not tell
 * counts as unchanged.
 */
export async function withoutVerdict(
  database: Database,
  client: RepositoryClient,
  open: readonly PullRequestHint[],
): Promise<PullRequestHint[]> {
  const policies = await fetchBasePolicies(client, [...new Set(open.map(({ baseRef }) => baseRef))]);
  const judged = new Map<number, PullRequestRecord>();
  for (const hint of open) {
    const record = await readPullRequest(database, hint);
    if (record && isJudged(record, hint, policies.get(hint.baseRef))) judged.set(hint.number, record);
  }
  const asking: PullRequestRecord[] = [];
  for (const record of judged.values()) if (await asksForIssues(database, record)) asking.push(record);
  const numbers = asking.map(({ number }) => number);
  for (const [number, present] of await fetchClosingIssues(client, numbers)) {
    if ((judged.get(number)?.closingIssues ?? present) !== present) judged.delete(number);
  }
  return open.filter(({ number }) => !judged.has(number));
}

function isJudged(
  record: PullRequestRecord,
  { headSha, baseRef }: PullRequestHint,
  policy: string | undefined,
): boolean {
  if (!record.open || record.evaluatedHeadSha !== headSha || record.evaluatedBaseRef !== baseRef) return false;
  return (record.engine ?? engine) === engine && (record.policyOid ?? policy) === (policy ?? record.policyOid);
}

/** Whether a check of the base's policy looks at issues. Before the first review nobody knows, so it counts. */
export async function asksForIssues(
  database: Database,
  { repositoryId, baseRef }: Pick<PullRequestHint, "repositoryId" | "baseRef">,
): Promise<boolean> {
  const policy = await readBasePolicy(database, repositoryId, baseRef);
  return policy === null || policy.triggers.includes("issue");
}
