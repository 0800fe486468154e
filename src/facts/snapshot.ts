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
  /** The content of a file. Refuses (rejects) beyond `maxBytes`: check `entry.size` first. */
  read(entry: TreeEntry, maxBytes: number): Promise<Uint8Array>;
}
