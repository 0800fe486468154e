import type { Snapshot, TreeEntry } from "../facts/snapshot.ts";
import { folderBefore, pathMatcher } from "./match-path.ts";

/** Folders that are looked through for one pattern; over GitHub, each can be a request. */
export const maxFolders = 300;

/**
 * What a pattern means in a revision: files, and links and submodules, which the caller refuses; sorted by path. Null when
 * more folders than allowed would have to be looked through.
 */
export async function findMatching(snapshot: Snapshot, pattern: string): Promise<TreeEntry[] | null> {
  const matches = pathMatcher(pattern);
  const start = folderBefore(pattern);
  // Without **, a folder as deep as the pattern holds nothing that it means.
  const deepest = pattern.split("/").includes("**") ? Number.POSITIVE_INFINITY : pattern.split("/").length;
  const found: TreeEntry[] = [];
  const waiting = [start];
  for (let looked = 0; waiting.length > 0; looked++) {
    if (looked === maxFolders) return null;
    for (const entry of await snapshot.list(waiting.pop() as string)) {
      if (entry.kind !== "folder" && matches(entry.path)) found.push(entry);
      if (entry.kind === "folder" && entry.path.split("/").length < deepest) waiting.push(entry.path);
    }
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}
