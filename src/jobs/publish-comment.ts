import type { RepositoryClient } from "../github/app-client.ts";
import { writeComment } from "../github/write-comment.ts";
import type { Database } from "../store/database.ts";
import { type PullRequestRecord, recordComment } from "../store/pull-requests.ts";
import { digest } from "./hash-inputs.ts";

/**
 * Writes the comment, unless it already says so. A person who asks to run again may miss a comment that was deleted.
 *
 * @param comment null leaves what is there
 * @param commented whether the conversation has any comment, perhaps one of ours that the database forgot
 * @returns false when GitHub refused it and it is to be written later
 */
export async function publishComment(
  database: Database,
  client: RepositoryClient,
  record: PullRequestRecord,
  comment: string | null,
  commented: boolean,
): Promise<boolean> {
  if (comment === null) return true;
  const hash = digest(comment);
  if (hash === record.commentHash && !record.forced) return true;
  const known = record.commentId ?? (commented ? "unknown" : "none");
  // Until GitHub's answer is recorded, nobody knows what the comment says.
  await recordComment(database, record, { id: record.commentId, hash: null });
  const written = await writeComment(client, record.number, comment, known);
  if (written === "refused") return false;
  await recordComment(database, record, { id: written === "impossible" ? null : written, hash });
  return true;
}
