import type { Known, LinkedIssue } from "../facts/facts.ts";
import { isOwnIssue } from "../facts/issue-name.ts";
import { closingIssuesText } from "../github/fetch-closing-issues.ts";
import type { FetchedPullRequest } from "../github/fetch-pull-request.ts";
import type { Database } from "../store/database.ts";
import { recordLinkedIssues } from "../store/linked-issues.ts";
import type { PullRequestKey } from "../store/pull-requests.ts";

/** Lets an event of one of these issues find the pull request again. What GitHub did not tell changes nothing. */
export async function rememberLinks(
  database: Database,
  key: PullRequestKey,
  { repository, closingIssues }: FetchedPullRequest,
  issues: Known<LinkedIssue[]>,
): Promise<void> {
  if (!issues.known || !closingIssues.known) return;
  const own = issues.value.filter((issue) => isOwnIssue(issue, { repository })).map(({ number }) => number);
  const closing = closingIssuesText(closingIssues.value);
  await database.transaction((transaction) => recordLinkedIssues(transaction, key, own, closing));
}
