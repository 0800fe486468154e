import type { RepositoryClient } from "./app-client.ts";

/** Our check runs of a commit and name, newest first. `reference`: what they have as `external_id`. */
export async function listCheckRuns(
  client: RepositoryClient,
  { headSha, name }: { headSha: string; name: string },
): Promise<{ id: number; completed: boolean; reference: string; text: string }[]> {
  const runs = await client.octokit.paginate(client.octokit.rest.checks.listForRef, {
    owner: client.owner,
    repo: client.name,
    ref: headSha,
    check_name: name,
    app_id: client.appId,
    filter: "all",
    per_page: 100,
  });
  return runs
    .map(({ id, status, external_id, output }) => ({
      id,
      completed: status === "completed",
      reference: external_id ?? "",
      text: output.text ?? "",
    }))
    .sort((a, b) => b.id - a.id);
}
