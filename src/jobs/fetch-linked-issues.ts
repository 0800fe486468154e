import { parseClosingKeywords } from "../criteria/closing-keywords.ts";
import type { Known, LinkedIssue } from "../facts/facts.ts";
import { isOwnIssue } from "../facts/issue-name.ts";
import { fetchIssues } from "../github/fetch-issues.ts";
import type { FetchedPullRequest } from "../github/fetch-pull-request.ts";
import type { RepositoryReader } from "../github/octokit.ts";

/**
 * GitHub's own list, and the issues that the text names with a closing keyword and that GitHub left out. Those of other
 * repositories are only named: there, whoever opened the pull request may set labels and criteria as they like.
 */
export async function fetchLinkedIssues(
  client: RepositoryReader,
  seen: FetchedPullRequest,
): Promise<Known<LinkedIssue[]>> {
  if (!seen.closingIssues.known) return seen.closingIssues;
  const listed = seen.closingIssues.value.map((linked) =>
    isOwnIssue(linked, seen) ? linked : { ...linked, issue: null },
  );
  const { owner, name: repo, url } = seen.repository;
  const place = { owner, repo, ...(url === null ? {} : { host: new URL(url).hostname }) };
  const known = new Set(listed.map(nameOf));
  const named = parseClosingKeywords(seen.pullRequest.body, place).filter((issue) => !known.has(nameOf(issue)));
  // The repository may have been renamed since the client was made.
  const here = { ...client, owner, name: repo };
  return { known: true, value: named.length === 0 ? listed : [...listed, ...(await fetchIssues(here, named))] };
}

function nameOf({ owner, repo, number }: { owner: string; repo: string; number: number }): string {
  return `${owner}/${repo}#${number}`.toLowerCase();
}
