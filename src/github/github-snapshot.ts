import type { Snapshot, TreeEntry } from "../facts/snapshot.ts";
import type { RepositoryClient } from "./app-client.ts";
import { fetchBlob } from "./fetch-blob.ts";
import { fetchTree, fetchWholeTree } from "./fetch-tree.ts";

/**
 * One revision of a repository, read by object id through the base repository. That reaches the head of a fork too,
 * even of a deleted one, and an id can't be redirected by a symbolic link.
 *
 * @param cacheDirectory where file contents are kept by id; null keeps none
 */
export function githubSnapshot(client: RepositoryClient, commit: string, cacheDirectory: string | null): Snapshot {
  return {
    commit,
    async entry(path) {
      if (!isNormalised(path)) return null;
      const whole = await fetchWholeTree(client, commit);
      return whole ? (whole.get(path) ?? null) : walk(client, commit, path);
    },
    async read(entry, maxBytes) {
      if (entry.kind !== "file") throw new Error(`${entry.path} is a ${entry.kind}, not a file`);
      if (entry.size === null || entry.size > maxBytes)
        throw new Error(`${entry.path} is larger than ${maxBytes} bytes`);
      return fetchBlob(client, entry.sha, maxBytes, cacheDirectory);
    },
  };
}

/** Folder by folder, for a repository that is too large to list at once. */
async function walk(client: RepositoryClient, commit: string, path: string): Promise<TreeEntry | null> {
  const steps = path.split("/");
  let tree = commit;
  for (const [index, step] of steps.entries()) {
    const entry: TreeEntry | undefined = (await fetchTree(client, tree)).get(step);
    if (!entry) return null;
    if (index === steps.length - 1) return { ...entry, path };
    if (entry.kind !== "folder") return null;
    tree = entry.sha;
  }
  return null;
}

function isNormalised(path: string): boolean {
  return path !== "" && path.split("/").every((step) => step !== "" && step !== "." && step !== "..");
}
