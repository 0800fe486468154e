import type { RepositoryClient } from "./app-client.ts";

/** Our check runs of a commit and name that are not completed, newest first. */
export async function listUnfinishedCheckRuns(
  client: RepositoryClient,
  { headSha, name }: { headSha: string; name: string },
): Promise<number[]> {
  const runs = await client.octokit.paginate(client.octokit.rest.checks.listForRef, {
    owner: client.owner,
    repo: client.name,
    ref: headSha,
    check_name: name,
    app_id: client.appId,
    filter: "all",
    per_page: 100,
  });
  return runs.flatMap(({ id, status }) => (status === "completed" ? [] : [id])).sort((a, b) => b - a);
}
