import { byPath, isNormalised, kindOf, type Snapshot, type TreeEntry } from "../facts/snapshot.ts";
import { type GitAnswer, runGit } from "./run-git.ts";

type Git = (args: readonly string[], maxBytes?: number) => Promise<GitAnswer>;

/**
 * One commit, or tree, of a local repository as data. Reads git's objects, never the working tree, and runs no filter or hook.
 *
 * @param options of git itself, before the command
 */
export function snapshotOf(root: string, commit: string, options: readonly string[] = []): Snapshot {
  const git = (args: readonly string[], maxBytes?: number) =>
    runGit(root, [...options, ...args], maxBytes === undefined ? {} : { maxBytes });
  const entries = new Map<string, Promise<TreeEntry | null>>();
  return {
    commit,
    entry: (path) => {
      const known = entries.get(path) ?? findEntry(git, commit, path);
      entries.set(path, known);
      return known;
    },
    list: async (folder) => {
      if (folder !== "" && !isNormalised(folder)) return [];
      if (folder === "") return listTree(git, commit, []);
      const entries = await listTree(git, commit, [`${folder}/`]);
      // Of a submodule, git lists the submodule itself.
      return entries.filter(({ path }) => path.startsWith(`${folder}/`));
    },
    read: async (entry, maxBytes) => {
      const refuse = (size: number | null) => {
        throw new Error(`${entry.path} has ${size} bytes, more than the ${maxBytes} that may be read`);
      };
      if (entry.kind !== "file") throw new Error(`${entry.path} is a ${entry.kind}, not a file`);
      if (entry.size === null || entry.size > maxBytes) refuse(entry.size);
      const { code, output, errors } = await git(["cat-file", "blob", entry.sha], maxBytes + 1);
      if (code !== 0) throw new Error(`git could not read ${entry.path} (${entry.sha}): ${errors.trim()}`);
      if (output.length > maxBytes) refuse(output.length);
      return output;
    },
  };
}

async function findEntry(git: Git, commit: string, path: string): Promise<TreeEntry | null> {
  if (!isNormalised(path)) return null;
  const entries = await listTree(git, commit, [path]);
  return entries.find((entry) => entry.path === path) ?? null;
}

async function listTree(git: Git, commit: string, paths: readonly string[]): Promise<TreeEntry[]> {
  const { code, output, errors } = await git(["ls-tree", "-z", "-l", "--full-tree", commit, "--", ...paths]);
  if (code !== 0) throw new Error(`git could not read the tree of ${commit}: ${errors.trim()}`);
  const entries: TreeEntry[] = [];
  for (const line of output.toString("utf8").split("\0")) {
    const found = /^(\d{6}) (\w+) ([0-9a-f]+) +(\d+|-)\t(.*)$/s.exec(line);
    if (found === null) continue;
    const [, mode, , sha, size, path] = found as unknown as [string, string, string, string, string, string];
    entries.push({ path, kind: kindOf(mode), sha, size: size === "-" ? null : Number(size) });
  }
  return entries.sort(byPath);
}
