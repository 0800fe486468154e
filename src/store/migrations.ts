import type { Database } from "./database.ts";

/** Each entry runs once, in order. Entries are never edited after a release; a change is a new entry. */
const migrations: readonly (readonly string[])[] = [
  [
    `create table delivery (
      guid text primary key,
      event text not null,
      received_at timestamptz not null default now(),
      repository_id bigint,
      number integer,
      generation bigint,
      processed_at timestamptz
    )`,
    "create index delivery_waiting on delivery (repository_id, number) where processed_at is null",
    "create index delivery_received on delivery (received_at)",
    `create table pull_request (
      repository_id bigint not null,
      number integer not null,
      installation_id bigint not null,
      owner text not null,
      name text not null,
      base_ref text not null,
      head_sha text not null,
      updated_at text not null,
      open boolean not null default true,
      desired_generation bigint not null default 0,
      done_generation bigint not null default 0,
      forced boolean not null default false,
      inputs_hash text,
      evaluated_head_sha text,
      evaluated_base_ref text,
      conclusion text,
      comment_id bigint,
      comment_hash text,
      primary key (repository_id, number)
    )`,
    "create index pull_request_head on pull_request (repository_id, head_sha)",
    "create index pull_request_installation on pull_request (installation_id)",
    `create table check_run (
      repository_id bigint not null,
      head_sha text not null,
      name text not null,
      check_run_id bigint not null,
      content_hash text,
      annotated boolean not null default false,
      primary key (repository_id, head_sha, name)
    )`,
    `create table linked_issue (
      repository_id bigint not null,
      number integer not null,
      issue_repository text not null,
      issue_number integer not null,
      primary key (repository_id, number, issue_repository, issue_number)
    )`,
    "create index linked_issue_issue on linked_issue (issue_repository, issue_number)",
    `create table base_policy (
      repository_id bigint not null,
      base_ref text not null,
      triggers text[] not null,
      watched text[] not null,
      primary key (repository_id, base_ref)
    )`,
    `create table installation (
      id bigint primary key,
      active boolean not null default true,
      paused_until timestamptz
    )`,
  ],
  [
    `create table holdout_use (
      repository_id bigint not null,
      digest text not null,
      number integer not null,
      primary key (repository_id, digest, number)
    )`,
  ],
  [
    "alter table pull_request add column insider boolean not null default true",
    "alter table pull_request add column concluded_generation bigint not null default 0",
    "update pull_request set concluded_generation = done_generation",
    "alter table check_run drop column annotated",
    "alter table check_run add column conclusion text",
  ],
  [
    `create table covered_repository (
      repository_id bigint primary key,
      installation_id bigint not null,
      owner text not null,
      name text not null
    )`,
    "create index covered_repository_installation on covered_repository (installation_id)",
    `insert into covered_repository select distinct on (p.repository_id) p.repository_id, p.installation_id, p.owner, p.name
     from pull_request p left join installation i on i.id = p.installation_id
     where coalesce(i.active, true) order by p.repository_id, p.number desc`,
    `alter table installation
       add column asked boolean not null default false,
       add column dropped bigint not null default 0`,
    `create table lost_delivery (
      guid text primary key,
      delivery_id bigint not null,
      delivered_at timestamptz not null,
      asked integer not null default 0,
      asked_at timestamptz
    )`,
    "create table delivery_log (read_until timestamptz not null)",
    // What is dropped here is read again by the next review of its pull request.
    `delete from linked_issue l where not exists (
      select 1 from pull_request p where p.repository_id = l.repository_id and p.number = l.number
        and lower(p.owner || '/' || p.name) = l.issue_repository
    )`,
    "alter table linked_issue drop column issue_repository",
    "alter table linked_issue add primary key (repository_id, number, issue_number)",
    "create index linked_issue_number on linked_issue (repository_id, issue_number)",
    "insert into delivery_log select coalesce(min(received_at), now()) from delivery",
  ],
  [
    "alter table pull_request add column failures integer not null default 0",
    "alter table pull_request add column retry_at timestamptz",
    "alter table pull_request add column engine text",
    "alter table pull_request add column policy_oid text",
    "alter table pull_request add column reviewer text",
    `create table started_check_run (
      repository_id bigint not null,
      number integer not null,
      head_sha text not null,
      name text not null,
      primary key (repository_id, number, head_sha, name)
    )`,
    "create index pull_request_retry on pull_request (retry_at) where retry_at is not null",
  ],
  [
    "alter table base_policy add column unasked boolean not null default false",
    "alter table pull_request add column closing_issues text",
    "alter table check_run add column writer integer",
  ],
  [
    // Times and data are text: what was hashed is kept to the byte.
    `create table ledger_row (
      seq bigint primary key,
      time text not null,
      kind text not null,
      repository_id bigint,
      repository text,
      number integer,
      head_sha text,
      person text,
      data text not null,
      previous text not null unique,
      hash text not null unique
    )`,
    "create index ledger_row_pull_request on ledger_row (repository_id, number, head_sha, seq)",
    "create index ledger_row_repository on ledger_row (repository_id, kind, seq)",
    `create function refuse_ledger_change() returns trigger language plpgsql as $$
      begin raise exception 'rows of the ledger are neither changed nor removed'; end $$`,
    `create trigger ledger_only_grows before update or delete or truncate on ledger_row
      for each statement execute function refuse_ledger_change()`,
  ],
  [
    `create table waiver (
      repository_id bigint not null,
      comment_id bigint not null,
      position integer not null,
      number integer not null,
      check_id text not null,
      findings jsonb not null,
      reason text not null,
      login text not null,
      head_sha text not null,
      given_at timestamptz not null,
      until_day text not null,
      withdrawn_by text,
      withdrawn_at timestamptz,
      expired boolean not null default false,
      primary key (repository_id, comment_id, position)
    )`,
    "create index waiver_number on waiver (repository_id, number)",
    "create index waiver_until on waiver (until_day) where not expired and withdrawn_by is null",
    `create table command (
      repository_id bigint not null,
      comment_id bigint not null,
      done_at timestamptz not null default now(),
      answer jsonb not null,
      answered boolean not null default false,
      primary key (repository_id, comment_id)
    )`,
    "alter table pull_request add column findings jsonb",
    "alter table pull_request add column findings_at timestamptz",
  ],
  [
    `create table override_run (
      repository_id bigint not null,
      reference text not null,
      check_run_id bigint not null,
      number integer not null,
      head_sha text not null,
      base_ref text not null,
      login text not null,
      reason text not null,
      given_at text not null,
      primary key (repository_id, reference)
    )`,
    "create index override_run_head on override_run (repository_id, head_sha)",
  ],
  // Of those that were given before nobody knows for which branch: they hold for none.
  ["alter table waiver add column base_ref text not null default ''"],
  // Counted by pull request and hold-out before: what models these were nobody knows.
  [
    "drop table holdout_use",
    `create table holdout_model (
      repository_id bigint not null,
      data text not null,
      model text not null,
      primary key (repository_id, data, model)
    )`,
  ],
];

/** Two servers that start at once on one PostgreSQL must not both migrate; the number is arbitrary, but ours. */
const lock = 20_220_613;

/** Brings the tables up to date in one transaction. Safe to call on every start, by several servers at once. */
export async function migrate(database: Database): Promise<void> {
  await database.transaction(async (transaction) => {
    // Another server's migration is worth waiting for.
    await transaction.query("set local lock_timeout = 0");
    await transaction.query("set local statement_timeout = 0");
    await transaction.query(`select pg_advisory_xact_lock(${lock})`);
    await transaction.query("create table if not exists schema_version (version integer not null)");
    const [row] = await transaction.query<{ version: number }>("select version from schema_version");
    const version = row?.version ?? 0;
    if (version > migrations.length) {
      throw new Error(
        `The database has version ${version}, this server knows ${migrations.length}. Start the newer server again.`,
      );
    }
    for (const statement of migrations.slice(version).flat()) await transaction.query(statement);
    if (!row) await transaction.query("insert into schema_version values ($1)", [migrations.length]);
    else await transaction.query("update schema_version set version = $1", [migrations.length]);
  });
}
