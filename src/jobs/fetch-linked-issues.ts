import { parseClosingKeywords } from "../criteria/closing-keywords.ts";
import type { Known, LinkedIssue } from "../facts/facts.ts";
import { isCountedIssue } from "../facts/issue-name.ts";
import { fetchIssues } from "../github/fetch-issues.ts";
import type { FetchedPullRequest } from "../github/fetch-pull-request.ts";
import type { RepositoryReader } from "../github/octokit.ts";
import { parsePolicy, policyPath } from "../policy/parse-policy.ts";
import type { KnownChecks } from "../policy/policy-schema.ts";

/**
 * GitHub's own list, and the issues that the text names with a closing keyword and that GitHub left out. Those of other
 * repositories are only named, unless the policy lists them: there, whoever opened the pull request may set labels and
 * criteria as they like.
 */
export async function fetchLinkedIssues(
  client: RepositoryReader,
  seen: FetchedPullRequest,
  checks: KnownChecks,
): Promise<Known<LinkedIssue[]>> {
  if (!seen.closingIssues.known) return seen.closingIssues;
  const policy = parsePolicy(seen.policy?.text ?? "", policyPath, checks);
  const counts = (issue: LinkedIssue) => isCountedIssue(issue, seen, policy.ok ? policy.value : null);
  const listed = seen.closingIssues.value.map((linked) => (counts(linked) ? linked : { ...linked, issue: null }));
  const { owner, name: repo, url } = seen.repository;
  const place = { owner, repo, ...(url === null ? {} : { host: new URL(url).hostname }) };
  const known = new Set(listed.map(nameOf));
  const named = parseClosingKeywords(seen.pullRequest.body, place).filter((issue) => !known.has(nameOf(issue)));
  // The repository may have been renamed since the client was made.
  const places = [place, ...(policy.ok ? policy.value.issues.repositories : []).map(toPlace)];
  return { known: true, value: [...listed, ...(await fetchIssues(client.octokit, places, named))] };
}

function toPlace(repository: string): { owner: string; repo: string } {
  const [owner = "", repo = ""] = repository.split("/");
  return { owner, repo };
}

function nameOf({ owner, repo, number }: { owner: string; repo: string; number: number }): string {
  return `${owner}/${repo}#${number}`.toLowerCase();
}
