import type { AcceptedFinding, Waiver } from "../verdict/waiver.ts";
import type { Queryable } from "./database.ts";
import type { PullRequestKey } from "./pull-requests.ts";

interface Row extends Omit<Waiver, "given" | "findings"> {
  given: Date;
  findings: AcceptedFinding[];
}

/** Every waiver that was given on a pull request, oldest first; also those that were taken back or are over. */
export async function waiversOf(database: Queryable, key: PullRequestKey): Promise<Waiver[]> {
  const rows = await database.query<Row>(
    `select check_id as "check", findings, reason, login as "by", given_at as given, until_day as until,
       head_sha as "headSha", base_ref as "baseRef", comment_id as comment, withdrawn_by as "withdrawnBy"
     from waiver where repository_id = $1 and number = $2 order by given_at, comment_id, position`,
    [key.repositoryId, key.number],
  );
  return rows.map(({ given, ...row }) => ({ ...row, given: given.toISOString() }));
}

/** The position of the next waiver that comes with a comment. */
export async function nextPosition(database: Queryable, repositoryId: number, commentId: number): Promise<number> {
  const [row] = await database.query<{ next: number }>(
    `select coalesce(max(position) + 1, 0)::integer as next from waiver where repository_id = $1 and comment_id = $2`,
    [repositoryId, commentId],
  );
  return row!.next;
}

/**
 * @param position of the command in its comment
 * @returns whether it was not known yet
 */
export async function recordWaiver(
  database: Queryable,
  key: PullRequestKey,
  waiver: Waiver,
  position: number,
): Promise<boolean> {
  const rows = await database.query(
    `insert into waiver
       (repository_id, comment_id, position, number, check_id, findings, reason, login, head_sha, base_ref, given_at, until_day,
        withdrawn_by)
     values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8, $9, $10, $11, $12, $13) on conflict do nothing returning position`,
    [
      key.repositoryId,
      waiver.comment,
      position,
      key.number,
      waiver.check,
      JSON.stringify(waiver.findings),
      waiver.reason,
      waiver.by,
      waiver.headSha,
      waiver.baseRef,
      waiver.given,
      waiver.until,
      waiver.withdrawnBy,
    ],
  );
  return rows.length > 0;
}

/**
 * Takes back the waivers of a check that still stand.
 *
 * @param fingerprint only those that name this finding; null: all
 * @returns how many there were
 */
export async function withdrawWaivers(
  database: Queryable,
  key: PullRequestKey,
  { check, fingerprint, by }: { check: string; fingerprint: string | null; by: string },
): Promise<number> {
  const rows = await database.query(
    `update waiver set withdrawn_by = $4, withdrawn_at = now()
     where repository_id = $1 and number = $2 and check_id = $3 and withdrawn_by is null
       and ($5::text is null or findings @> jsonb_build_array(jsonb_build_object('fingerprint', $5::text)))
     returning position`,
    [key.repositoryId, key.number, check, by, fingerprint],
  );
  return rows.length;
}

/** Wants open pull requests again of which a waiver's last day has passed, as the next generation, once each. */
export async function wantExpiredWaivers(database: Queryable): Promise<void> {
  await database.query(
    `with over as (
       update waiver set expired = true
       where not expired and withdrawn_by is null and until_day < to_char(now() at time zone 'utc', 'YYYY-MM-DD')
       returning repository_id, number)
     update pull_request p set desired_generation = desired_generation + 1
     where open and exists (select 1 from over o where o.repository_id = p.repository_id and o.number = p.number)`,
  );
}
