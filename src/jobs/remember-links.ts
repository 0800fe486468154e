import type { Facts, Known, LinkedIssue } from "../facts/facts.ts";
import { isOwnIssue } from "../facts/issue-name.ts";
import type { Database } from "../store/database.ts";
import { recordLinkedIssues } from "../store/linked-issues.ts";
import type { PullRequestKey } from "../store/pull-requests.ts";

/** Lets an event of one of these issues find the pull request again. What GitHub did not tell changes nothing. */
export async function rememberLinks(
  database: Database,
  key: PullRequestKey,
  repository: Facts["repository"],
  issues: Known<LinkedIssue[]>,
): Promise<void> {
  if (!issues.known) return;
  const own = issues.value.filter((issue) => isOwnIssue(issue, { repository })).map(({ number }) => number);
  await database.transaction((transaction) => recordLinkedIssues(transaction, key, own));
}
