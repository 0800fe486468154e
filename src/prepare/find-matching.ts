import type { Snapshot, TreeEntry } from "../facts/snapshot.ts";
import { folderBefore, pathMatcher } from "./match-path.ts";

/** Folders that are looked through for all patterns of an experiment; over GitHub, each can be a request. */
export const maxFolders = 300;

/**
 * What a pattern means in a revision: files, and links and submodules, which the caller refuses; sorted by path. Null when
 * more folders than are left would have to be looked through.
 *
 * @param left is counted down
 */
export async function findMatching(
  snapshot: Snapshot,
  pattern: string,
  left = { folders: maxFolders },
): Promise<TreeEntry[] | null> {
  const matches = pathMatcher(pattern);
  const mayHold = folderFilter(pattern);
  const found: TreeEntry[] = [];
  const waiting = [folderBefore(pattern)];
  while (waiting.length > 0) {
    if (left.folders-- <= 0) return null;
    for (const entry of await snapshot.list(waiting.pop() as string)) {
      if (entry.kind === "folder") {
        if (mayHold(entry.path)) waiting.push(entry.path);
      } else if (matches(entry.path)) found.push(entry);
    }
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Whether files that a pattern means can lie in a folder. */
function folderFilter(pattern: string): (folder: string) => boolean {
  const parts = pattern.split("/");
  const several = parts.indexOf("**");
  // One for each depth: what the folders down to there must be called. Below a ** any folder will do.
  const steps = parts
    .slice(0, several < 0 ? -1 : several)
    .map((_, at) => pathMatcher(parts.slice(0, at + 1).join("/")));
  const written = new Set(parts);
  return (folder) => {
    const names = folder.split("/");
    if (several < 0 || names.length <= several) return steps[names.length - 1]?.(folder) ?? false;
    const name = names.at(-1) as string;
    return !name.startsWith(".") || written.has(name);
  };
}
