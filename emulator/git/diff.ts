import { git } from "./run.ts";

export type FileStatus = "added" | "removed" | "modified" | "renamed" | "copied" | "changed";

/** One file of a diff, as GitHub lists it. `sha` is the blob after the change (before it, when removed). */
export interface FileChange {
  readonly path: string;
  readonly previousPath?: string;
  readonly status: FileStatus;
  readonly sha: string;
  readonly additions: number;
  readonly deletions: number;
  readonly patch?: string;
}

/** GitHub leaves the patch out of files whose diff is longer than this many characters. */
const longestPatch = 100_000;

/** The files that differ between two commits or trees, with renames found and patches cut as GitHub cuts them. */
export async function diffFiles(directory: string, base: string, head: string): Promise<FileChange[]> {
  const parts = ["--raw", "--numstat", "--patch"];
  const options = ["--no-ext-diff", "--no-textconv", "-M", "--full-index"];
  const text = await git(directory, ["diff-tree", "-r", "-z", ...parts, ...options, base, head]);
  // One after the other: what became of each file, its counts, and, behind an empty field, the patches.
  const end = text.indexOf("\0\0");
  const fields = text.slice(0, end).split("\0");
  const files = parseRaw(fields);
  const counts = parseNumbers(fields);
  const bodies = splitPatches(text.slice(end + 2));
  return files.map((file, index) => {
    const [additions, deletions] = counts[index] ?? [0, 0];
    const patch = bodies[index];
    const change = { ...file, additions, deletions };
    return patch !== undefined && patch.length <= longestPatch ? { ...change, patch } : change;
  });
}

/** Takes the files off the front of the fields. */
function parseRaw(fields: string[]): Pick<FileChange, "path" | "previousPath" | "status" | "sha">[] {
  const files: Pick<FileChange, "path" | "previousPath" | "status" | "sha">[] = [];
  while (fields[0]?.startsWith(":")) {
    const [, , before = "", after = "", letter = ""] = fields.shift()!.split(" ");
    const status = statusOf(letter);
    const sha = status === "removed" ? before : after;
    if (status === "renamed" || status === "copied") {
      const [previousPath = "", path = ""] = fields.splice(0, 2);
      files.push({ previousPath, path, status, sha });
    } else {
      files.push({ path: fields.shift()!, status, sha });
    }
  }
  return files;
}

function statusOf(letter: string): FileStatus {
  const names: Record<string, FileStatus> = { A: "added", D: "removed", M: "modified", R: "renamed", C: "copied" };
  return names[letter[0] ?? ""] ?? "changed";
}

function parseNumbers(fields: readonly string[]): [number, number][] {
  const counts: [number, number][] = [];
  for (let at = 0; fields[at]; ) {
    const [added = "", removed = "", path = ""] = fields[at]!.split("\t");
    counts.push([Number(added) || 0, Number(removed) || 0]);
    at += path === "" ? 3 : 1;
  }
  return counts;
}

/** Splits a patch at its file headers; binary files and pure renames have no hunks and give undefined. */
function splitPatches(text: string): (string | undefined)[] {
  return text
    .split(/^diff --git /m)
    .slice(1)
    .map((part) => {
      const start = part.search(/^@@ /m);
      return start === -1 ? undefined : part.slice(start).replace(/\n$/, "");
    });
}

/** How many lines a change adds and takes away in all. */
export function countLines(files: readonly FileChange[]): { additions: number; deletions: number } {
  const sum = (key: "additions" | "deletions") => files.reduce((total, file) => total + file[key], 0);
  return { additions: sum("additions"), deletions: sum("deletions") };
}

/** The whole diff as text, for the `diff` media type. */
export function diffText(directory: string, base: string, head: string): Promise<string> {
  return git(directory, ["diff-tree", "-r", "--patch", "--no-ext-diff", "--no-textconv", "-M", base, head]);
}
