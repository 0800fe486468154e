import type { Snapshot, TreeEntry } from "../facts/snapshot.ts";

/** What lies at a path: a file that may be read, nothing, or something else, there or on the way there. */
export type Found =
  | { found: "file"; entry: TreeEntry }
  | { found: "nothing" }
  | { found: "symlink" | "submodule" | "folder"; at: string };

/** Looks a path up. A link or submodule on the way is told apart from nothing, because the remedy differs. */
export async function findFile(snapshot: Snapshot, path: string): Promise<Found> {
  const entry = await snapshot.entry(path);
  if (entry !== null) return entry.kind === "file" ? { found: "file", entry } : { found: entry.kind, at: path };
  const parts = path.split("/");
  for (let depth = 1; depth < parts.length; depth++) {
    const at = parts.slice(0, depth).join("/");
    const parent = await snapshot.entry(at);
    if (parent?.kind === "symlink" || parent?.kind === "submodule") return { found: parent.kind, at };
    if (parent?.kind !== "folder") break;
  }
  return { found: "nothing" };
}
