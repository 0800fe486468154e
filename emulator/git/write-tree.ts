import { type RawEntry, readRawTree, writeObject } from "./objects.ts";

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

const folder = "40000";

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
