import type { ChangedFile, Known } from "../facts/facts.ts";
import type { Snapshot } from "../facts/snapshot.ts";

/**
 * The head as the merge base plus the changed files: what the pull request does not touch is looked up in the base,
 * whose tree is usually known already. Most pull requests touch no model, so their own tree is never asked for.
 *
 * Falls back to the head itself when the list is unknown or holds a rename, which hides the old name.
 */
export function lazyHeadSnapshot(base: Snapshot, head: Snapshot, changedFiles: Known<ChangedFile[]>): Snapshot {
  if (!changedFiles.known || changedFiles.value.some(({ status }) => status === "renamed")) return head;
  const touched = new Set(changedFiles.value.map(({ path }) => path));
  return {
    commit: head.commit,
    entry: (path) => (isTouched(path, touched) ? head.entry(path) : base.entry(path)),
    list: (folder) =>
      (folder === "" ? touched.size > 0 : isTouched(folder, touched)) ? head.list(folder) : base.list(folder),
    read: (entry, maxBytes) => head.read(entry, maxBytes),
  };
}

/** A file, or a folder on the way to it or below it: either can become the other. */
function isTouched(path: string, touched: ReadonlySet<string>): boolean {
  if (touched.has(path)) return true;
  for (const one of touched) if (one.startsWith(`${path}/`) || path.startsWith(`${one}/`)) return true;
  return false;
}
