import { commentMarker } from "../report/render-comment.ts";
import type { RepositoryClient } from "./app-client.ts";
import { isKnown, isStatus } from "./is-status.ts";

/**
 * Writes the one comment of a pull request.
 *
 * @param known the comment that was written before; a deleted one is written anew. `none` saves the search for it
 * @returns its id; `impossible` where nobody like us may comment (conversation locked, repository archived, no comments at
 *   all), so that the check run alone speaks; `refused` when that may be another in a moment, as after a new permission
 */
export async function writeComment(
  client: RepositoryClient,
  number: number,
  body: string,
  known: number | "unknown" | "none",
): Promise<number | "impossible" | "refused"> {
  try {
    if (typeof known === "number" && (await update(client, known, body))) return known;
    const found = known === "none" ? null : await findOwnComment(client, number);
    if (found !== null && (await update(client, found.id, body))) return found.id;
    const { data } = await client.octokit.rest.issues.createComment({ ...place(client), issue_number: number, body });
    return data.id;
  } catch (error) {
    if (isStatus(error, 410) || (isStatus(error, 403) && lasting.test(String(error)))) return "impossible";
    if (isStatus(error, 403, 404)) return "refused";
    throw error;
  }
}

const lasting = /\blocked\b|\barchived\b|read-only/i;

function update(client: RepositoryClient, id: number, body: string): Promise<boolean> {
  return isKnown(client.octokit.rest.issues.updateComment({ ...place(client), comment_id: id, body }));
}

/** Our report on a pull request. Anyone can write the marker, so only a comment by our own account counts. */
export async function findOwnComment(
  client: RepositoryClient,
  number: number,
): Promise<{ id: number; nodeId: string; body: string } | null> {
  const { octokit, botLogin } = client;
  const pages = octokit.paginate.iterator(octokit.rest.issues.listComments, {
    ...place(client),
    issue_number: number,
    per_page: 100,
  });
  for await (const { data } of pages) {
    const own = data.find(({ user, body }) => user?.login === botLogin && body?.includes(commentMarker));
    if (own) return { id: own.id, nodeId: own.node_id, body: own.body ?? "" };
  }
  return null;
}

function place(client: RepositoryClient): { owner: string; repo: string } {
  return { owner: client.owner, repo: client.name };
}
