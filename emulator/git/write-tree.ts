import { readObject } from "./object-reader.ts";
import { writeObject } from "./write-object.ts";

/** A change to one path: a new blob, or `sha: null` to remove it. */
export interface TreeChange {
  readonly path: string;
  readonly mode?: string;
  readonly sha: string | null;
}

/** Whether a path can stand in a tree: no empty, `.`, `..` or `.git` part, no NUL. */
export function isTreePath(path: string): boolean {
  return !path.includes("\0") && path.split("/").every((part) => !["", ".", "..", ".git"].includes(part.toLowerCase()));
}

interface RawEntry {
  readonly mode: string;
  readonly sha: string;
}

const folder = "40000";

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

/** Writes a tree that is `base` (or empty) with the changes applied, and returns its id. */
export async function writeTree(
  directory: string,
  base: string | undefined,
  changes: readonly TreeChange[],
): Promise<string> {
  const entries = base ? await readRawTree(directory, base) : new Map<string, RawEntry>();
  const inFolders = new Map<string, TreeChange[]>();
  for (const change of changes) {
    const slash = change.path.indexOf("/");
    if (slash === -1) apply(entries, change);
    else {
      const name = change.path.slice(0, slash);
      const inner = inFolders.get(name) ?? [];
      inner.push({ ...change, path: change.path.slice(slash + 1) });
      inFolders.set(name, inner);
    }
  }
  for (const [name, inner] of inFolders) {
    const old = entries.get(name);
    const sha = await writeTree(directory, old?.mode === folder ? old.sha : undefined, inner);
    const isEmpty = (await readRawTree(directory, sha)).size === 0;
    apply(entries, { path: name, mode: folder, sha: isEmpty ? null : sha });
  }
  return writeObject(directory, "tree", serialize(entries));
}

function apply(entries: Map<string, RawEntry>, { path, mode, sha }: TreeChange): void {
  if (sha === null) entries.delete(path);
  else entries.set(path, { mode: (mode ?? "100644").replace(/^0+/, ""), sha });
}

/** Git sorts the names of folders as if they ended with a slash, byte by byte. */
function serialize(entries: ReadonlyMap<string, RawEntry>): Buffer {
  const key = ([name, { mode }]: readonly [string, RawEntry]) => Buffer.from(mode === folder ? `${name}/` : name);
  const sorted = [...entries].sort((a, b) => Buffer.compare(key(a), key(b)));
  return Buffer.concat(
    sorted.flatMap(([name, { mode, sha }]) => [Buffer.from(`${mode} ${name}\0`), Buffer.from(sha, "hex")]),
  );
}
