import type { FetchedPullRequest } from "./fetch-pull-request.ts";
import { isStatus } from "./is-status.ts";
import type { RepositoryReader } from "./octokit.ts";

/**
 * Whether the author of a pull request may write to its repository. What GitHub calls an association does not tell: a member of
 * an organization may only read, and one who keeps the membership private is shown as a stranger.
 *
 * A branch of the repository itself was pushed by somebody who may write, so a pull request from one counts as theirs where its
 * author is an App or has no account any more.
 */
export async function mayWrite(
  client: RepositoryReader,
  { repository, pullRequest: { author, fork } }: Pick<FetchedPullRequest, "repository" | "pullRequest">,
): Promise<boolean> {
  if (author === null || author.bot) return !fork;
  try {
    const place = { owner: repository.owner, repo: repository.name, username: author.login };
    const { data } = await client.octokit.rest.repos.getCollaboratorPermissionLevel(place);
    return data.permission === "admin" || data.permission === "write";
  } catch (error) {
    if (isStatus(error, 404)) return !fork;
    throw error;
  }
}
