import type { ChangedFile } from "../facts/facts.ts";

const statuses: Record<string, ChangedFile["status"]> = {
  A: "added",
  C: "copied",
  D: "removed",
  M: "modified",
  R: "renamed",
  T: "changed",
};

/**
 * Reads `git diff-tree -r -z --raw --numstat`: first one raw entry per file (`:… M\0path`, renames with two paths), then
 * one count per file (`added\tdeleted\tpath`, renames with an empty path and two more fields, binary files with `-`).
 */
export function parseChangedFiles(output: string): ChangedFile[] {
  const fields = output.split("\0");
  const files = new Map<string, ChangedFile>();
  for (let at = 0; at < fields.length; at++) {
    const field = fields[at] as string;
    if (field.startsWith(":")) {
      const letter = field.split(" ")[4]?.[0] ?? "M";
      if (letter === "R" || letter === "C") at++;
      const path = fields[++at] ?? "";
      files.set(path, { path, status: statuses[letter] ?? "changed", additions: 0, deletions: 0 });
    } else if (field !== "") {
      const [additions, deletions, ...rest] = field.split("\t");
      let path = rest.join("\t");
      if (path === "") {
        path = fields[at + 2] ?? "";
        at += 2;
      }
      const file = files.get(path);
      if (file) Object.assign(file, { additions: Number(additions) || 0, deletions: Number(deletions) || 0 });
    }
  }
  return [...files.values()];
}
