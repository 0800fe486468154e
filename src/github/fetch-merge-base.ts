import { z } from "zod";
import { isStatus } from "./is-status.ts";
import type { RepositoryReader } from "./octokit.ts";

const known = new Map<string, string | null>();
const mostKnown = 10_000;

const answer = z.object({ merge_base_commit: z.object({ sha: z.string() }) });

/**
 * Where a branch left its base. The answer for two commits never changes, so it is asked for once.
 *
 * @returns null when the two have no commit in common
 */
export async function fetchMergeBase(client: RepositoryReader, base: string, head: string): Promise<string | null> {
  const key = `${client.repositoryId}:${base}...${head}`;
  const remembered = known.get(key);
  if (remembered !== undefined) return remembered;
  const mergeBase = await compare(client, base, head);
  if (known.size >= mostKnown) known.clear();
  known.set(key, mergeBase);
  return mergeBase;
}

async function compare(client: RepositoryReader, base: string, head: string): Promise<string | null> {
  try {
    const { data } = await client.octokit.rest.repos.compareCommitsWithBasehead({
      owner: client.owner,
      repo: client.name,
      basehead: `${base}...${head}`,
      per_page: 1,
    });
    return answer.parse(data).merge_base_commit.sha;
  } catch (error) {
    if (isStatus(error, 404) && /no common ancestor/i.test((error as Error).message)) return null;
    throw error;
  }
}
