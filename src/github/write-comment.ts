import { commentMarker } from "../report/render-comment.ts";
import type { RepositoryClient } from "./app-client.ts";
import { isKnown, isStatus } from "./is-status.ts";

/**
 * Writes the one comment of a pull request and returns its id, or null when comments are not possible there
 * (conversation locked, comments forbidden, repository archived): then the check run alone speaks.
 *
 * @param known the comment that was written before; a deleted one is written anew. `none` saves the search for it
 */
export async function writeComment(
  client: RepositoryClient,
  number: number,
  body: string,
  known: number | "unknown" | "none",
): Promise<number | null> {
  try {
    if (typeof known === "number" && (await update(client, known, body))) return known;
    const found = known === "none" ? null : await findOwnComment(client, number);
    if (found !== null && (await update(client, found, body))) return found;
    const { data } = await client.octokit.rest.issues.createComment({ ...place(client), issue_number: number, body });
    return data.id;
  } catch (error) {
    if (isStatus(error, 403, 404, 410)) return null;
    throw error;
  }
}

function update(client: RepositoryClient, id: number, body: string): Promise<boolean> {
  return isKnown(client.octokit.rest.issues.updateComment({ ...place(client), comment_id: id, body }));
}

/** Anyone can write the marker, so only a comment by our own account counts. */
async function findOwnComment(client: RepositoryClient, number: number): Promise<number | null> {
  const { octokit, botLogin } = client;
  const pages = octokit.paginate.iterator(octokit.rest.issues.listComments, {
    ...place(client),
    issue_number: number,
    per_page: 100,
  });
  for await (const { data } of pages) {
    const own = data.find(({ user, body }) => user?.login === botLogin && body?.includes(commentMarker));
    if (own) return own.id;
  }
  return null;
}

function place(client: RepositoryClient): { owner: string; repo: string } {
  return { owner: client.owner, repo: client.name };
}
