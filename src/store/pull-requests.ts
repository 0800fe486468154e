import { z } from "zod";
import type { SeenFinding } from "../commands/conversation.ts";
import type { Queryable } from "./database.ts";

/** Names a pull request for ever: repositories can be renamed, so their number is the key. */
export const pullRequestKeySchema = z.object({ repositoryId: z.number(), number: z.number() });
export type PullRequestKey = z.infer<typeof pullRequestKeySchema>;

/** What an event says about a pull request. Only a hint: a review reads the present state from GitHub. */
export interface PullRequestHint extends PullRequestKey {
  installationId: number;
  owner: string;
  name: string;
  baseRef: string;
  headSha: string;
  /** GitHub's time of the last change, ISO 8601; empty when the event did not tell. */
  updatedAt: string;
}

/** What is remembered about a pull request between reviews. */
export interface PullRequestRecord extends PullRequestHint {
  open: boolean;
  /** Counts the events that asked for a review. */
  desiredGeneration: number;
  /** The newest generation whose verdict was published. */
  doneGeneration: number;
  /** A person asked to run again: equal inputs are no reason to stop. */
  forced: boolean;
  inputsHash: string | null;
  evaluatedHeadSha: string | null;
  evaluatedBaseRef: string | null;
  conclusion: "success" | "failure" | null;
  /** Its author may write to the repository; true until GitHub was asked. */
  insider: boolean;
  commentId: number | null;
  commentHash: string | null;
  /** What judged: ModelSync's version; and the policy's object id, or what stands for it. Null: not known. */
  engine: string | null;
  policyOid: string | null;
  /** The issues that GitHub listed as closed by it, as of the newest review. Null: not known. */
  closingIssues: string | null;
  /** How often in a row something was out of reach, so that it was tried again without an event. */
  failures: number;
}

/** Stands for the inputs of a review whose report waits for the verdict of a twin: never equal to any. */
export const waitingHash = "waiting";

const columns = `repository_id as "repositoryId", number, installation_id as "installationId", owner, name,
  base_ref as "baseRef", head_sha as "headSha", updated_at as "updatedAt", open, desired_generation as "desiredGeneration",
  done_generation as "doneGeneration", forced, inputs_hash as "inputsHash",
  evaluated_head_sha as "evaluatedHeadSha", evaluated_base_ref as "evaluatedBaseRef", conclusion, insider,
  comment_id as "commentId", comment_hash as "commentHash", engine,
  policy_oid as "policyOid", closing_issues as "closingIssues", failures`;

/**
 * Asks for a review: counts the generation up and remembers the hint, unless a newer one is known: events can come late and
 * in another order. Of two within GitHub's second the one that came last is kept; the review asks GitHub which is right.
 * Returns the new generation.
 */
export async function wantReview(database: Queryable, hint: PullRequestHint, forced: boolean): Promise<number> {
  const [row] = await database.query<{ generation: number }>(
    `insert into pull_request
       (repository_id, number, installation_id, owner, name, base_ref, head_sha, updated_at, desired_generation,
        forced)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9)
     on conflict (repository_id, number) do update set
       (installation_id, owner, name, base_ref, head_sha, updated_at) = (
         select excluded.installation_id, excluded.owner, excluded.name, excluded.base_ref, excluded.head_sha,
           excluded.updated_at where excluded.updated_at >= pull_request.updated_at
         union all
         select pull_request.installation_id, pull_request.owner, pull_request.name, pull_request.base_ref,
           pull_request.head_sha, pull_request.updated_at where excluded.updated_at < pull_request.updated_at),
       open = true, desired_generation = pull_request.desired_generation + 1, failures = 0, retry_at = null,
       forced = pull_request.forced or excluded.forced
     returning desired_generation as generation`,
    [
      hint.repositoryId,
      hint.number,
      hint.installationId,
      hint.owner,
      hint.name,
      hint.baseRef,
      hint.headSha,
      hint.updatedAt,
      forced,
    ],
  );
  return row!.generation;
}

/**
 * The pull request was closed. Counting up fences a review that is still running.
 *
 * @param only as long as no later event than that of this time is known, or no newer generation is wanted
 * @returns whether it counts as closed now
 */
export async function closePullRequest(
  database: Queryable,
  key: PullRequestKey,
  only: { updatedAt?: string; generation?: number } = {},
): Promise<boolean> {
  const rows = await database.query(
    `update pull_request set open = false, desired_generation = desired_generation + 1,
       done_generation = desired_generation + 1, retry_at = null
     where repository_id = $1 and number = $2 and ($3::text is null or updated_at < $3)
       and desired_generation = coalesce($4, desired_generation) returning number`,
    [key.repositoryId, key.number, only.updatedAt ?? null, only.generation ?? null],
  );
  return rows.length > 0;
}

export async function readPullRequest(database: Queryable, key: PullRequestKey): Promise<PullRequestRecord | null> {
  const [row] = await database.query<PullRequestRecord>(
    `select ${columns} from pull_request where repository_id = $1 and number = $2`,
    [key.repositoryId, key.number],
  );
  return row ?? null;
}

/** Whether a review of this generation may still publish. */
export async function isCurrent(database: Queryable, key: PullRequestKey, generation: number): Promise<boolean> {
  const rows = await database.query(
    "select 1 from pull_request where repository_id = $1 and number = $2 and desired_generation = $3 and open",
    [key.repositoryId, key.number, generation],
  );
  return rows.length > 0;
}

/** Open pull requests whose newest known head is this commit. */
export async function pullRequestsAtCommit(
  database: Queryable,
  repositoryId: number,
  headSha: string,
): Promise<PullRequestRecord[]> {
  return database.query<PullRequestRecord>(
    `select ${columns} from pull_request where repository_id = $1 and head_sha = $2 and open order by number`,
    [repositoryId, headSha],
  );
}

/** Open pull requests known for a base branch. */
export async function pullRequestsOfBase(
  database: Queryable,
  repositoryId: number,
  baseRef: string,
): Promise<PullRequestRecord[]> {
  return database.query<PullRequestRecord>(
    `select ${columns} from pull_request where repository_id = $1 and base_ref = $2 and open order by number`,
    [repositoryId, baseRef],
  );
}

/** Open pull requests known of a repository. */
export async function pullRequestsOf(database: Queryable, repositoryId: number): Promise<PullRequestRecord[]> {
  return database.query<PullRequestRecord>(
    `select ${columns} from pull_request where repository_id = $1 and open order by number`,
    [repositoryId],
  );
}

export interface Evaluated {
  generation: number;
  inputsHash: string | null;
  headSha: string;
  baseRef: string;
  /** Null: nobody asked for a verdict. */
  conclusion: "success" | "failure" | null;
  engine?: string;
  policyOid?: string | null;
  /** What the checks found, as it can be waived; absent leaves what is known. */
  findings?: readonly SeenFinding[];
  /** Minutes until it is to be looked at again because something was out of reach; null: it is finished. */
  retryInMinutes?: number | null;
}

/**
 * The verdict of a generation is out. An older generation never overwrites a newer one. What was made to wait for a twin
 * meanwhile goes on waiting.
 */
export async function recordEvaluation(database: Queryable, key: PullRequestKey, done: Evaluated): Promise<void> {
  await database.query(
    `update pull_request set done_generation = $3, concluded_generation = greatest(concluded_generation, $3),
       inputs_hash = case when inputs_hash = '${waitingHash}' then inputs_hash else $4 end,
       evaluated_head_sha = $5, evaluated_base_ref = $6, conclusion = $7, head_sha = $5, base_ref = $6,
       forced = forced and desired_generation > $3, ${retry("$8")}, engine = $9, policy_oid = $10,
       findings = coalesce($11::jsonb, findings),
       findings_at = case when $11::jsonb is null or findings = $11::jsonb then findings_at else now() end
     where repository_id = $1 and number = $2 and done_generation <= $3`,
    [
      key.repositoryId,
      key.number,
      done.generation,
      done.inputsHash,
      done.headSha,
      done.baseRef,
      done.conclusion,
      done.retryInMinutes ?? null,
      done.engine ?? null,
      done.policyOid ?? null,
      done.findings === undefined ? null : JSON.stringify(done.findings),
    ],
  );
}

/** Nothing had changed since the last verdict. */
export async function recordUnchanged(
  database: Queryable,
  key: PullRequestKey,
  generation: number,
  retryInMinutes: number | null = null,
): Promise<void> {
  await database.query(
    `update pull_request set done_generation = $3, concluded_generation = greatest(concluded_generation, $3),
       ${retry("$4")}
     where repository_id = $1 and number = $2 and done_generation < $3`,
    [key.repositoryId, key.number, generation, retryInMinutes],
  );
}

function retry(minutes: string): string {
  return `failures = case when ${minutes}::integer is null then 0 else failures + 1 end,
    retry_at = now() + make_interval(mins => ${minutes}::integer)`;
}

/** Remembers the comment; nulls forget one that was deleted. */
export async function recordComment(
  database: Queryable,
  key: PullRequestKey,
  comment: { id: number | null; hash: string | null },
): Promise<void> {
  await database.query(
    "update pull_request set comment_id = $3, comment_hash = $4 where repository_id = $1 and number = $2",
    [key.repositoryId, key.number, comment.id, comment.hash],
  );
}

/** Before the digest of a comment that is to be written again, because somebody else changed it. */
const editedMark = "edited:";

/** Whether the comment is not as it was written, so that it is to be written again even where nothing is new. */
export function wasEdited({ commentHash }: Pick<PullRequestRecord, "commentHash">): boolean {
  return commentHash?.startsWith(editedMark) === true;
}

/** The digest of the comment as it was written last; null: not known. */
export function writtenHash({ commentHash }: Pick<PullRequestRecord, "commentHash">): string | null {
  const hash = commentHash?.startsWith(editedMark) ? commentHash.slice(editedMark.length) : commentHash;
  return hash === "" ? null : hash;
}

/** Somebody else changed the comment: the next review writes it again. */
export async function markCommentEdited(database: Queryable, key: PullRequestKey): Promise<void> {
  await database.query(
    `update pull_request set comment_hash = '${editedMark}' || replace(coalesce(comment_hash, ''), '${editedMark}', '')
     where repository_id = $1 and number = $2`,
    [key.repositoryId, key.number],
  );
}

/** The newest generation counts as not answered, and what was found for it as not known. */
export async function reopenGeneration(database: Queryable, key: PullRequestKey): Promise<void> {
  await database.query(
    `update pull_request set done_generation = least(done_generation, desired_generation - 1), inputs_hash = null
     where repository_id = $1 and number = $2 and open`,
    [key.repositoryId, key.number],
  );
}

/** Wants those again whose time has come, as the next generation. What is tried again by itself stays counted. */
export async function wantDueRetries(database: Queryable): Promise<void> {
  await database.query(
    `update pull_request set desired_generation = desired_generation + 1, retry_at = null
     where open and retry_at <= now()`,
  );
}

/** Open pull requests whose newest generation has not been answered, and those of which a check run was left behind. */
export async function unfinishedPullRequests(database: Queryable): Promise<PullRequestKey[]> {
  return database.query<PullRequestKey>(
    `select p.repository_id as "repositoryId", p.number from pull_request p
     left join installation i on i.id = p.installation_id
     where (p.open and p.done_generation < p.desired_generation
         or exists (select 1 from started_check_run s where s.repository_id = p.repository_id and s.number = p.number))
       and coalesce(i.active, true) order by 1, 2`,
  );
}
