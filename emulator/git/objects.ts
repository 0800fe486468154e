import { createHash, randomBytes } from "node:crypto";
import { access, mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { deflate } from "node:zlib";
import { findObject, readObject } from "./object-reader.ts";
import { git } from "./run.ts";

const compress = promisify(deflate);

/** One entry of a git tree. `size` is there for blobs only. */
export interface TreeEntry {
  readonly path: string;
  readonly mode: string;
  readonly type: "blob" | "tree" | "commit";
  readonly sha: string;
  readonly size?: number;
}

/** One entry of a tree as git stores it, under its name. */
export interface RawEntry {
  readonly mode: string;
  readonly sha: string;
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

/** The entries of one tree object, by name. */
export async function readRawTree(directory: string, tree: string): Promise<Map<string, RawEntry>> {
  const found = await readObject(directory, tree);
  const entries = new Map<string, RawEntry>();
  const bytes = found?.type === "tree" ? found.content : Buffer.alloc(0);
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(32, at);
    const end = bytes.indexOf(0, space);
    const mode = bytes.subarray(at, space).toString("latin1");
    const sha = bytes.subarray(end + 1, end + 21).toString("hex");
    entries.set(bytes.subarray(space + 1, end).toString("utf8"), { mode, sha });
    at = end + 21;
  }
  return entries;
}

/** The entry at a path of a commit or tree, or undefined. */
export async function readEntry(directory: string, tree: string, path: string): Promise<TreeEntry | undefined> {
  let sha = (await findObject(directory, `${tree}^{tree}`))?.sha;
  const names = path.split("/");
  for (const [at, name] of names.entries()) {
    const entry: RawEntry | undefined = sha ? (await readRawTree(directory, sha)).get(name) : undefined;
    if (!entry) return undefined;
    if (at === names.length - 1) return describe(directory, path, entry);
    sha = entry.mode === "40000" ? entry.sha : undefined;
  }
  return undefined;
}

async function describe(directory: string, path: string, raw: RawEntry): Promise<TreeEntry> {
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

/** Stores an object as git stores it, without starting git, and gives its id. */
export async function writeObject(
  directory: string,
  type: "blob" | "tree" | "commit",
  content: Buffer,
): Promise<string> {
  const bytes = Buffer.concat([Buffer.from(`${type} ${content.length}\0`), content]);
  const sha = createHash("sha1").update(bytes).digest("hex");
  const folder = join(directory, "objects", sha.slice(0, 2));
  const path = join(folder, sha.slice(2));
  const known = await access(path).then(
    () => true,
    () => false,
  );
  if (known) return sha;
  await mkdir(folder, { recursive: true });
  // Written under another name first, so that a reader never finds half an object.
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  await writeFile(draft, await compress(bytes, { level: 1 }), { mode: 0o444 });
  await rename(draft, path);
  return sha;
}
