import type { RepositoryClient } from "../github/app-client.ts";
import { writeComment } from "../github/write-comment.ts";
import type { Database } from "../store/database.ts";
import { type PullRequestRecord, recordComment } from "../store/pull-requests.ts";
import { digest } from "./hash-inputs.ts";

/**
 * Writes the comment, unless it already says so.
 *
 * @param comment null leaves what is there
 * @param commented whether the conversation has any comment, perhaps one of ours that the database forgot
 */
export async function publishComment(
  database: Database,
  client: RepositoryClient,
  record: PullRequestRecord,
  comment: string | null,
  commented: boolean,
): Promise<void> {
  if (comment === null) return;
  const hash = digest(comment);
  if (hash === record.commentHash) return;
  const known = record.commentId ?? (commented ? "unknown" : "none");
  const id = await writeComment(client, record.number, comment, known);
  await recordComment(database, record, { id, hash });
}
