import { type Commit, commitFormat, parseCommit } from "./commits.ts";
import { git } from "./run.ts";

/** A commit with the paths that it changed against its first parent. */
export interface CommitChanges {
  readonly commit: Commit;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly modified: readonly string[];
}

/** Commits that the given revision arguments reach, newest first, each with its paths: one process for all of them. */
export async function readChanges(directory: string, revisions: readonly string[]): Promise<CommitChanges[]> {
  const options = ["-z", "--name-status", "--no-renames", "--diff-merges=first-parent", `--format=%x1d${commitFormat}`];
  const text = await git(directory, ["log", ...options, ...revisions]);
  return text
    .split("\x1d")
    .slice(1)
    .map((record) => {
      const [commit = "", changes = ""] = record.split("\x1e");
      // Letters and paths take turns; newlines and an empty field may stand before the first.
      const fields = changes.replace(/^[\0\n]+/, "").split("\0");
      const paths = (letters: string) =>
        fields.flatMap((field, at) => (at % 2 === 1 && letters.includes(fields[at - 1]!) ? [field] : []));
      return { commit: parseCommit(commit), added: paths("A"), removed: paths("D"), modified: paths("MT") };
    });
}
