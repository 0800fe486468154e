import type { Facts, LinkedIssue } from "./facts.ts";

/** `#12` for an issue of the same repository, `owner/name#12` for any other. */
export function issueName(issue: Pick<LinkedIssue, "owner" | "repo" | "number">, { repository }: Facts): string {
  const home = `${repository.owner}/${repository.name}`.toLowerCase();
  const own = `${issue.owner}/${issue.repo}`.toLowerCase() === home;
  return own ? `#${issue.number}` : `${issue.owner}/${issue.repo}#${issue.number}`;
}
