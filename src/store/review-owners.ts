import { randomUUID } from "node:crypto";
import type { Queryable } from "./database.ts";
import type { PullRequestKey } from "./pull-requests.ts";

/** Makes the caller the only one who may publish about a pull request, until the next caller. Returns its token. */
export async function takeReview(database: Queryable, key: PullRequestKey): Promise<string> {
  const token = randomUUID();
  await database.query("update pull_request set reviewer = $3 where repository_id = $1 and number = $2", [
    key.repositoryId,
    key.number,
    token,
  ]);
  return token;
}

/** Whether nobody took the review over: the process may have been frozen for longer than the queue waits. */
export async function holdsReview(database: Queryable, key: PullRequestKey, token: string): Promise<boolean> {
  const rows = await database.query(
    "select 1 from pull_request where repository_id = $1 and number = $2 and reviewer = $3",
    [key.repositoryId, key.number, token],
  );
  return rows.length > 0;
}
