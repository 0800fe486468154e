import type { Facts, LinkedIssue } from "./facts.ts";

type Named = Pick<LinkedIssue, "owner" | "repo" | "number">;
type Place = { repository: Pick<Facts["repository"], "owner" | "name"> };

/** Whether an issue is one of the repository itself. Only those count: in others anybody sets labels and criteria. */
export function isOwnIssue({ owner, repo }: Named, { repository }: Place): boolean {
  return `${owner}/${repo}`.toLowerCase() === `${repository.owner}/${repository.name}`.toLowerCase();
}

/** `#12` for an issue of the same repository, `owner/name#12` for any other. */
export function issueName(issue: Named, place: Place): string {
  return isOwnIssue(issue, place) ? `#${issue.number}` : `${issue.owner}/${issue.repo}#${issue.number}`;
}
