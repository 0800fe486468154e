import type { Queryable } from "./database.ts";
import { type PullRequestKey, type PullRequestRecord, waitingHash } from "./pull-requests.ts";

/** A commit and the branch that it would be merged into. Pull requests of one place share a check run. */
export interface Place {
  repositoryId: number;
  headSha: string;
  baseRef: string;
}

/** Another open pull request of the same place. */
export interface Twin {
  number: number;
  /** Its author may write to the repository; true until GitHub was asked. */
  insider: boolean;
  /** Null: its newest event has no verdict yet. */
  conclusion: "success" | "failure" | null;
}

/** The other open pull requests of a place, by number. */
export async function twinsOf(database: Queryable, { number }: PullRequestKey, place: Place): Promise<Twin[]> {
  return database.query<Twin>(
    `select number, insider,
       case when evaluated_head_sha = $2 and evaluated_base_ref = $3 and concluded_generation >= desired_generation
         then conclusion end as conclusion
     from pull_request
     where repository_id = $1 and head_sha = $2 and base_ref = $3 and number <> $4 and open
     order by number`,
    [place.repositoryId, place.headSha, place.baseRef, number],
  );
}

/** Makes what the twins were found to be out of date. They are to be asked when the verdict is published. */
export async function letTwinsWait(database: Queryable, { number }: PullRequestKey, place: Place): Promise<void> {
  await database.query(
    `update pull_request set inputs_hash = $5
     where repository_id = $1 and head_sha = $2 and base_ref = $3 and number <> $4 and open`,
    [place.repositoryId, place.headSha, place.baseRef, number, waitingHash],
  );
}

/** Those open pull requests of a place that wait for the verdict of a twin. */
export async function waitingTwins(database: Queryable, { number }: PullRequestKey, place: Place): Promise<number[]> {
  const rows = await database.query<{ number: number }>(
    `select number from pull_request
     where repository_id = $1 and head_sha = $2 and base_ref = $3 and number <> $4 and open and inputs_hash = $5
     order by number`,
    [place.repositoryId, place.headSha, place.baseRef, number, waitingHash],
  );
  return rows.map((row) => row.number);
}

export interface Concluded extends Place {
  generation: number;
  /** Null: nobody asked for a verdict. */
  conclusion: "success" | "failure" | null;
  insider: boolean;
}

/**
 * Records what a review found before anything of it is published, so that a twin that is published at the same time sees it.
 * Until its evaluation is recorded, no inputs are those of what is published.
 * False when a newer event replaced the review: then nothing of it may be published.
 */
export async function recordConclusion(database: Queryable, key: PullRequestKey, found: Concluded): Promise<boolean> {
  const rows = await database.query(
    `update pull_request set concluded_generation = $3, evaluated_head_sha = $4, evaluated_base_ref = $5,
       head_sha = $4, base_ref = $5, conclusion = $6, insider = $7, inputs_hash = null
     where repository_id = $1 and number = $2 and desired_generation = $3 and open returning number`,
    [key.repositoryId, key.number, found.generation, found.headSha, found.baseRef, found.conclusion, found.insider],
  );
  return rows.length > 0;
}

/** Where the newest known event saw a pull request. */
export function placeOf({ repositoryId, headSha, baseRef }: PullRequestRecord): Place {
  return { repositoryId, headSha, baseRef };
}
