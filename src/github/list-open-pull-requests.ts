import type { PullRequestHint } from "../store/pull-requests.ts";
import type { RepositoryReader } from "./octokit.ts";

/** Every open pull request of a repository, or of one base branch, as hints for reviews. */
export async function listOpenPullRequests(
  client: RepositoryReader,
  installationId: number,
  baseRef: string | null,
): Promise<PullRequestHint[]> {
  const pulls = await client.octokit.paginate(client.octokit.rest.pulls.list, {
    owner: client.owner,
    repo: client.name,
    state: "open",
    per_page: 100,
    ...(baseRef === null ? {} : { base: baseRef }),
  });
  return pulls.map(({ number, base, head, updated_at }) => ({
    repositoryId: client.repositoryId,
    number,
    installationId,
    owner: client.owner,
    name: client.name,
    baseRef: base.ref,
    headSha: head.sha,
    updatedAt: updated_at,
  }));
}
