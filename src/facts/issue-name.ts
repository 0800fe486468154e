import type { Policy } from "../policy/policy.ts";
import type { Facts, LinkedIssue } from "./facts.ts";

type Named = Pick<LinkedIssue, "owner" | "repo" | "number">;
type Place = { repository: Pick<Facts["repository"], "owner" | "name"> };

/** Whether an issue is one of the repository itself. */
export function isOwnIssue({ owner, repo }: Named, { repository }: Place): boolean {
  return `${owner}/${repo}`.toLowerCase() === `${repository.owner}/${repository.name}`.toLowerCase();
}

/**
 * Whether an issue counts: it is one of the repository itself, or of one that the policy lists. In others anybody sets labels
 * and criteria.
 */
export function isCountedIssue(issue: Named, place: Place, policy: Pick<Policy, "issues"> | null): boolean {
  const listed = policy?.issues.repositories ?? [];
  const name = `${issue.owner}/${issue.repo}`.toLowerCase();
  return isOwnIssue(issue, place) || listed.some((one) => one.toLowerCase() === name);
}

/** `#12` for an issue of the same repository, `owner/name#12` for any other. */
export function issueName(issue: Named, place: Place): string {
  return isOwnIssue(issue, place) ? `#${issue.number}` : `${issue.owner}/${issue.repo}#${issue.number}`;
}
