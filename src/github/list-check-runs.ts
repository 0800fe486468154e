import type { RepositoryClient } from "./app-client.ts";

/** Our check runs of a commit and name, newest first. */
export async function listCheckRuns(
  client: RepositoryClient,
  { headSha, name }: { headSha: string; name: string },
): Promise<{ id: number; completed: boolean }[]> {
  const runs = await client.octokit.paginate(client.octokit.rest.checks.listForRef, {
    owner: client.owner,
    repo: client.name,
    ref: headSha,
    check_name: name,
    app_id: client.appId,
    filter: "all",
    per_page: 100,
  });
  return runs.map(({ id, status }) => ({ id, completed: status === "completed" })).sort((a, b) => b.id - a.id);
}
