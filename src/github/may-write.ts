import { isAtLeast } from "../entitlement/role.ts";
import type { FetchedPullRequest } from "./fetch-pull-request.ts";
import { fetchRole } from "./fetch-role.ts";
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
  const place = { ...client, owner: repository.owner, name: repository.name };
  return isAtLeast(await fetchRole(place, author.login), "write");
}
