import { findObject, readObject } from "./object-reader.ts";
import { git } from "./run.ts";
import { writeObject } from "./write-object.ts";
import { readRawTree } from "./write-tree.ts";

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
  let sha = (await findObject(directory, `${tree}^{tree}`))?.sha;
  const names = path.split("/");
  for (const [at, name] of names.entries()) {
    const entry: { mode: string; sha: string } | undefined = sha
      ? (await readRawTree(directory, sha)).get(name)
      : undefined;
    if (!entry) return undefined;
    if (at === names.length - 1) return describe(directory, path, entry);
    sha = entry.mode === "40000" ? entry.sha : undefined;
  }
  return undefined;
}

async function describe(directory: string, path: string, raw: { mode: string; sha: string }): Promise<TreeEntry> {
  const { sha } = raw;
  const mode = raw.mode.padStart(6, "0");
  if (mode === "160000") return { path, mode, type: "commit", sha };
  if (mode === "040000") return { path, mode, type: "tree", sha };
  return { path, mode, type: "blob", sha, size: await blobSize(directory, sha) };
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
