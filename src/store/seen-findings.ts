import type { SeenFinding } from "../commands/conversation.ts";
import type { Queryable } from "./database.ts";
import type { PullRequestKey } from "./pull-requests.ts";

/** What the newest verdict on a pull request found. */
export interface SeenFindings {
  findings: SeenFinding[];
  headSha: string;
  baseRef: string | null;
  /** When a verdict first found exactly these. */
  since: Date;
}

/** Null: there was none yet, or an older version wrote it. */
export async function readSeenFindings(database: Queryable, key: PullRequestKey): Promise<SeenFindings | null> {
  const [row] = await database.query<SeenFindings>(
    `select findings, evaluated_head_sha as "headSha", evaluated_base_ref as "baseRef", findings_at as since from pull_request
     where repository_id = $1 and number = $2 and findings is not null and evaluated_head_sha is not null`,
    [key.repositoryId, key.number],
  );
  return row ?? null;
}
