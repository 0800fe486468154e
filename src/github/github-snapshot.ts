import { byPath, isNormalised, type Snapshot, type TreeEntry } from "../facts/snapshot.ts";
import { fetchBlob } from "./fetch-blob.ts";
import { fetchTree, fetchWholeTree, type Tree } from "./fetch-tree.ts";
import type { RepositoryReader } from "./octokit.ts";

/**
 * One revision of a repository, read by object id through the base repository. That reaches the head of a fork too,
 * even of a deleted one, and an id can't be redirected by a symbolic link.
 *
 * @param cacheDirectory where file contents are kept by id
 */
export function githubSnapshot(client: RepositoryReader, commit: string, cacheDirectory: string): Snapshot {
  return {
    commit,
    async entry(path) {
      if (!isNormalised(path)) return null;
      const whole = await fetchWholeTree(client, commit);
      return whole ? (whole.get(path) ?? null) : walk(client, commit, path);
    },
    async list(folder) {
      if (folder !== "" && !isNormalised(folder)) return [];
      const whole = await fetchWholeTree(client, commit);
      if (whole) return [...(foldersOf(whole).get(folder) ?? [])];
      const tree = folder === "" ? { kind: "folder", sha: commit } : await walk(client, commit, folder);
      if (tree?.kind !== "folder") return [];
      const entries = [...(await fetchTree(client, tree.sha)).values()];
      return entries
        .map((entry) => ({ ...entry, path: folder === "" ? entry.path : `${folder}/${entry.path}` }))
        .sort(byPath);
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
async function walk(client: RepositoryReader, commit: string, path: string): Promise<TreeEntry | null> {
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

/** The entries of each folder, made once per listing. */
const folders = new WeakMap<Tree, ReadonlyMap<string, TreeEntry[]>>();

function foldersOf(whole: Tree): ReadonlyMap<string, TreeEntry[]> {
  const known = folders.get(whole);
  if (known !== undefined) return known;
  const folderOf = ({ path }: TreeEntry) => path.slice(0, Math.max(0, path.lastIndexOf("/")));
  const made = Map.groupBy([...whole.values()].sort(byPath), folderOf);
  folders.set(whole, made);
  return made;
}
