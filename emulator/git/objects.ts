import { rm } from "node:fs/promises";
import { findObject, readObject } from "./object-reader.ts";
import { git, tryGit } from "./run.ts";
import { writeObject } from "./write-object.ts";

/** One entry of a git tree. `size` is there for blobs only. */
export interface TreeEntry {
  readonly path: string;
  readonly mode: string;
  readonly type: "blob" | "tree" | "commit";
  readonly sha: string;
  readonly size?: number;
}

/** The entries of a tree, sorted by path; with `recursive` the whole subtree, trees included. */
export async function readTree(directory: string, sha: string, recursive = false): Promise<TreeEntry[]> {
  const args = ["ls-tree", "-z", "--long", ...(recursive ? ["-r", "-t"] : []), sha];
  const text = await git(directory, args);
  return text.split("\0").filter(Boolean).map(parseEntry);
}

function parseEntry(line: string): TreeEntry {
  const tab = line.indexOf("\t");
  const [mode = "", type = "", sha = "", size = "-"] = line.slice(0, tab).split(/ +/);
  const entry = { path: line.slice(tab + 1), mode, type: type as TreeEntry["type"], sha };
  return size === "-" ? entry : { ...entry, size: Number(size) };
}

/** The entry at a path of a commit or tree, or undefined. */
export async function readEntry(directory: string, tree: string, path: string): Promise<TreeEntry | undefined> {
  const result = await tryGit(directory, ["--literal-pathspecs", "ls-tree", "-z", "--long", tree, "--", path]);
  if (result.code !== 0) return undefined;
  const line = result.output.toString("utf8").split("\0")[0];
  const entry = line ? parseEntry(line) : undefined;
  return entry?.path === path ? entry : undefined;
}

export async function readBlob(directory: string, sha: string): Promise<Buffer> {
  const found = await readObject(directory, sha);
  if (!found) throw new Error(`there is no object ${sha}`);
  return found.content;
}

export async function blobSize(directory: string, sha: string): Promise<number> {
  return (await findObject(directory, sha))?.size ?? 0;
}

export function writeBlob(directory: string, content: Buffer): Promise<string> {
  return writeObject(directory, "blob", content);
}

/** A change to one path: a new blob, or `sha: null` to remove it. */
export interface TreeChange {
  readonly path: string;
  readonly mode?: string;
  readonly sha: string | null;
}

/** Writes a tree that is `base` (or empty) with the changes applied, and returns its id. */
export async function writeTree(
  directory: string,
  base: string | undefined,
  changes: readonly TreeChange[],
): Promise<string> {
  const variables = { GIT_INDEX_FILE: `${directory}/index-${process.pid}-${process.hrtime.bigint()}` };
  try {
    if (base) await git(directory, ["read-tree", base], { variables });
    const zero = "0".repeat(40);
    const lines = changes.map(({ path, mode, sha }) =>
      sha === null ? `0 ${zero}\t${path}\0` : `${mode ?? "100644"} ${sha}\t${path}\0`,
    );
    await git(directory, ["update-index", "-z", "--index-info"], { variables, input: lines.join("") });
    return (await git(directory, ["write-tree"], { variables })).trim();
  } finally {
    await rm(variables.GIT_INDEX_FILE, { force: true });
  }
}
