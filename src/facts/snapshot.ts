/** One entry of a git tree. Only `file` may be read as data. */
export interface TreeEntry {
  path: string;
  kind: "file" | "symlink" | "submodule" | "folder";
  /** Git object id; names the content for ever. */
  sha: string;
  /** Bytes; null for a folder or submodule. */
  size: number | null;
}

/** One revision of the repository as data, read lazily. Implemented over GitHub and over a local git repository. */
export interface Snapshot {
  commit: string;
  /** The entry at a normalised repository path, or null when there is none. */
  entry(path: string): Promise<TreeEntry | null>;
  /** What lies directly in a folder (`""` is the root), sorted by path; nothing when there is no such folder. */
  list(folder: string): Promise<TreeEntry[]>;
  /** The content of a file. Refuses (rejects) beyond `maxBytes`: check `entry.size` first. */
  read(entry: TreeEntry, maxBytes: number): Promise<Uint8Array>;
}

/** Git's modes of what a tree can hold; permissions are of no interest. */
export function kindOf(mode: string): TreeEntry["kind"] {
  if (mode.startsWith("100")) return "file";
  if (mode === "120000") return "symlink";
  return mode === "160000" ? "submodule" : "folder";
}

/** Whether a path names something below the root in one way only. */
export function isNormalised(path: string): boolean {
  return !path.includes("\0") && path.split("/").every((part) => !["", ".", ".."].includes(part));
}

/** By UTF-16 code unit, so that every implementation lists in the same order. */
export function byPath(a: TreeEntry, b: TreeEntry): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
