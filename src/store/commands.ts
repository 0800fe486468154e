import type { Queryable } from "./database.ts";

/** How a comment with commands is answered. */
export interface CommandAnswer {
  reaction: "+1" | "-1" | "confused";
  /** Markdown; null: the reaction says it all. */
  reply: string | null;
}

/** What was done for a comment; null: nothing yet. */
export async function readCommandAnswer(
  database: Queryable,
  repositoryId: number,
  commentId: number,
): Promise<{ answer: CommandAnswer; answered: boolean } | null> {
  const [row] = await database.query<{ answer: CommandAnswer; answered: boolean }>(
    "select answer, answered from command where repository_id = $1 and comment_id = $2",
    [repositoryId, commentId],
  );
  return row ?? null;
}

/** Claims a comment: its commands are done in the same transaction, once for all deliveries. False: somebody was faster. */
export async function recordCommandAnswer(
  database: Queryable,
  repositoryId: number,
  commentId: number,
  answer: CommandAnswer,
): Promise<boolean> {
  const rows = await database.query(
    `insert into command (repository_id, comment_id, answer) values ($1, $2, $3::jsonb)
     on conflict do nothing returning comment_id`,
    [repositoryId, commentId, JSON.stringify(answer)],
  );
  return rows.length > 0;
}

/** Reaction and reply are at GitHub. */
export async function markAnswered(database: Queryable, repositoryId: number, commentId: number): Promise<void> {
  await database.query("update command set answered = true where repository_id = $1 and comment_id = $2", [
    repositoryId,
    commentId,
  ]);
}
