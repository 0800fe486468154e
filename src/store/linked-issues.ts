import type { Queryable } from "./database.ts";
import type { PullRequestKey } from "./pull-requests.ts";

export interface IssueName {
  /** `owner/name`, any case. */
  repository: string;
  number: number;
}

/** Replaces what a pull request is linked to, so that an event of such an issue finds the pull request again. */
export async function recordLinkedIssues(
  database: Queryable,
  key: PullRequestKey,
  issues: readonly IssueName[],
): Promise<void> {
  await database.query("delete from linked_issue where repository_id = $1 and number = $2", [
    key.repositoryId,
    key.number,
  ]);
  if (issues.length === 0) return;
  await database.query(
    `insert into linked_issue (repository_id, number, issue_repository, issue_number)
     select $1, $2, * from unnest($3::text[], $4::integer[]) on conflict do nothing`,
    [
      key.repositoryId,
      key.number,
      issues.map(({ repository }) => repository.toLowerCase()),
      issues.map(({ number }) => number),
    ],
  );
}

/** Open pull requests that an issue is linked to. */
export async function pullRequestsLinkedTo(database: Queryable, issue: IssueName): Promise<PullRequestKey[]> {
  return database.query<PullRequestKey>(
    `select l.repository_id as "repositoryId", l.number from linked_issue l
     join pull_request p on p.repository_id = l.repository_id and p.number = l.number and p.open
     where l.issue_repository = $1 and l.issue_number = $2 order by 1, 2`,
    [issue.repository.toLowerCase(), issue.number],
  );
}
