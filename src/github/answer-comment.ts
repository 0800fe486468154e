import type { RepositoryClient } from "./app-client.ts";
import { isStatus } from "./is-status.ts";

/** Acknowledges a comment; one that is gone, or that nobody may react to any more, needs none. */
export async function reactToComment(
  { octokit, owner, name }: RepositoryClient,
  commentId: number,
  content: "+1" | "-1" | "confused",
): Promise<void> {
  await unlessRefused(
    octokit.rest.reactions.createForIssueComment({ owner, repo: name, comment_id: commentId, content }),
  );
}

/** Answers in the conversation, unless it is locked. */
export async function replyTo({ octokit, owner, name }: RepositoryClient, number: number, body: string): Promise<void> {
  await unlessRefused(octokit.rest.issues.createComment({ owner, repo: name, issue_number: number, body }));
}

async function unlessRefused(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!isStatus(error, 403, 404, 410)) throw error;
  }
}
