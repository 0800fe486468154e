import { z } from "zod";
import type { Octokit, RepositoryReader } from "./octokit.ts";

const repository = z.object({ id: z.number(), name: z.string(), owner: z.object({ login: z.string() }) });
const answer = z.object({ state: z.string(), base: z.object({ ref: z.string(), repo: repository }) });

/** Finds a pull request by the name of its repository, which may be an old one. */
export async function findPullRequest(
  octokit: Octokit,
  { owner, repo, number }: { owner: string; repo: string; number: number },
): Promise<{ client: RepositoryReader; baseRef: string; open: boolean }> {
  const { data } = await octokit.rest.pulls.get({ owner, repo, pull_number: number });
  const { state, base } = answer.parse(data);
  const client = { octokit, repositoryId: base.repo.id, owner: base.repo.owner.login, name: base.repo.name };
  return { client, baseRef: base.ref, open: state === "open" };
}
