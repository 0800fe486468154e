import type { Queryable } from "./database.ts";
import type { PullRequestKey } from "./pull-requests.ts";

/**
 * Replaces which issues of its own repository a pull request is linked to, so that an event of such an issue finds the pull
 * request again. Repositories can be renamed and moved, so both go by the repository's number.
 *
 * @param closing what GitHub listed, in one text; links made in the sidebar change it without an event
 */
export async function recordLinkedIssues(
  database: Queryable,
  { repositoryId, number }: PullRequestKey,
  issues: readonly number[],
  closing: string,
): Promise<void> {
  await database.query("update pull_request set closing_issues = $3 where repository_id = $1 and number = $2", [
    repositoryId,
    number,
    closing,
  ]);
  await database.query("delete from linked_issue where repository_id = $1 and number = $2", [repositoryId, number]);
  await database.query(
    `insert into linked_issue (repository_id, number, issue_number)
     select $1, $2, * from unnest($3::integer[]) on conflict do nothing`,
    [repositoryId, number, issues],
  );
}

/** Open pull requests that an issue is linked to; `number` is the issue's. */
export async function pullRequestsLinkedTo(database: Queryable, issue: PullRequestKey): Promise<PullRequestKey[]> {
  return database.query<PullRequestKey>(
    `select l.repository_id as "repositoryId", l.number from linked_issue l
     join pull_request p on p.repository_id = l.repository_id and p.number = l.number and p.open
     where l.repository_id = $1 and l.issue_number = $2 order by 1, 2`,
    [issue.repositoryId, issue.number],
  );
}
