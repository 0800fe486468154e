import { z } from "zod";
import { kindOf, type TreeEntry } from "../facts/snapshot.ts";
import type { RepositoryReader } from "./octokit.ts";

export type Tree = ReadonlyMap<string, TreeEntry>;

interface Listing {
  entries: Tree;
  /** GitHub left something out: more than 100,000 entries or 7 MB. */
  truncated: boolean;
}

const answer = z.object({
  tree: z.array(z.object({ path: z.string(), mode: z.string(), sha: z.string(), size: z.number().optional() })),
  truncated: z.boolean(),
});

/** A tree never changes under its id, so the last few are kept. */
const kept = new Map<string, Promise<Listing>>();
const mostKept = 20;

/** Everything in a commit, or null when GitHub does not list that much at once. */
export async function fetchWholeTree(client: RepositoryReader, commit: string): Promise<Tree | null> {
  const { entries, truncated } = await remember(client, commit, true);
  return truncated ? null : entries;
}

/** One folder. */
export async function fetchTree(client: RepositoryReader, tree: string): Promise<Tree> {
  const { entries, truncated } = await remember(client, tree, false);
  if (truncated) throw new Error("A single folder of this repository has more entries than GitHub lists");
  return entries;
}

function remember(client: RepositoryReader, sha: string, recursive: boolean): Promise<Listing> {
  const key = `${client.repositoryId}:${sha}:${recursive}`;
  const found = kept.get(key);
  // Taken out and put back: the map is in order of use, so the first key is the one to drop.
  kept.delete(key);
  const listing = found ?? fetchListing(client, sha, recursive);
  kept.set(key, listing);
  if (!found) listing.catch(() => kept.delete(key));
  for (const oldest of kept.keys()) {
    if (kept.size <= mostKept) break;
    kept.delete(oldest);
  }
  return listing;
}

async function fetchListing(client: RepositoryReader, sha: string, recursive: boolean): Promise<Listing> {
  const { data } = await client.octokit.rest.git.getTree({
    owner: client.owner,
    repo: client.name,
    tree_sha: sha,
    ...(recursive ? { recursive: "1" } : {}),
  });
  const { tree, truncated } = answer.parse(data);
  const entries = tree.map(({ path, mode, sha: id, size }): [string, TreeEntry] => {
    const kind = kindOf(mode);
    return [path, { path, kind, sha: id, size: kind === "file" || kind === "symlink" ? (size ?? null) : null }];
  });
  return { entries: new Map(entries), truncated };
}
