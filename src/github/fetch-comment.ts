import { isStatus } from "./is-status.ts";
import type { RepositoryReader } from "./octokit.ts";

/** A comment of a conversation as GitHub shows it now. */
export interface FetchedComment {
  /** Number of the issue or pull request it stands under. */
  number: number;
  nodeId: string;
  body: string;
  /** Null: the account was deleted. A bot is whatever is no person, and what an App wrote for one. */
  author: { login: string; id: number; bot: boolean } | null;
  /** ISO 8601, in seconds. */
  createdAt: string;
  /** By its times, which have whole seconds: an edit in its first second does not show. */
  edited: boolean;
}

/** Null: it does not exist any more. */
export async function fetchComment(client: RepositoryReader, id: number): Promise<FetchedComment | null> {
  try {
    const place = { owner: client.owner, repo: client.name, comment_id: id };
    const { data } = await client.octokit.rest.issues.getComment(place);
    const { user, performed_via_github_app: app } = data;
    return {
      number: Number(/\/(\d+)$/.exec(data.issue_url)?.[1]),
      nodeId: data.node_id,
      body: data.body ?? "",
      author: user && {
        login: user.login,
        id: user.id,
        bot: user.type !== "User" || (app !== null && app !== undefined),
      },
      createdAt: data.created_at,
      edited: data.updated_at !== data.created_at,
    };
  } catch (error) {
    if (isStatus(error, 404, 410)) return null;
    throw error;
  }
}
