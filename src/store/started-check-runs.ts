import type { Queryable } from "./database.ts";
import type { PullRequestKey } from "./pull-requests.ts";

/** A check run that a review began to create, by its commit and name. GitHub may have it though its id never arrived. */
export interface StartedCheckRun {
  headSha: string;
  name: string;
}

/** Remembers it before GitHub is asked to create it. */
export async function recordStarted(database: Queryable, key: PullRequestKey, run: StartedCheckRun): Promise<void> {
  await database.query(
    `insert into started_check_run (repository_id, number, head_sha, name) values ($1, $2, $3, $4)
     on conflict do nothing`,
    [key.repositoryId, key.number, run.headSha, run.name],
  );
}

/** What reviews of this pull request began and did not come to an end with. */
export async function readStarted(database: Queryable, key: PullRequestKey): Promise<StartedCheckRun[]> {
  return database.query<StartedCheckRun>(
    `select head_sha as "headSha", name from started_check_run
     where repository_id = $1 and number = $2 order by 1, 2`,
    [key.repositoryId, key.number],
  );
}

/** A review came to its end: every check run is known and says something. */
export async function forgetStarted(database: Queryable, key: PullRequestKey): Promise<void> {
  await database.query("delete from started_check_run where repository_id = $1 and number = $2", [
    key.repositoryId,
    key.number,
  ]);
}
