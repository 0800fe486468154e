import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Outcome, Problem } from "../../pipeline/problem.ts";
import type { ChangedFile } from "../facts/facts.ts";
import type { Merged } from "../facts/moved-base.ts";
import type { Snapshot } from "../facts/snapshot.ts";
import { parseChangedFiles } from "./changed-files.ts";
import { mergeTrees } from "./merge-trees.ts";
import { runGit } from "./run-git.ts";
import { snapshotOf } from "./snapshot.ts";
import { withoutFilters } from "./without-filters.ts";

/** A git repository on this machine, read only. */
export interface LocalRepository {
  /** The top folder of the working tree, or the git folder of a bare repository. */
  root: string;
  /** Where git keeps its objects, shared by all working trees of the repository. */
  gitFolder(): Promise<string>;
  /** The commit a branch, tag or other revision names; null when there is none. */
  commit(revision: string): Promise<string | null>;
  /** Name of the branch that is checked out, or null when none is. */
  branch(): Promise<string | null>;
  /** The best common ancestor, or null when the histories share none (as in a shallow clone). */
  mergeBase(first: string, second: string): Promise<string | null>;
  shallow(): Promise<boolean>;
  /** True when tracked files differ from the checked-out commit. */
  dirty(): Promise<boolean>;
  /** Which of these paths hold something in the working tree that is not committed, tracked or not. */
  uncommitted(paths: readonly string[]): Promise<string[]>;
  /** The address of the remote `origin`, or null. */
  origin(): Promise<string | null>;
  /** Subject lines of the commits in `from..to`, oldest first, at most 100. */
  subjects(from: string, to: string): Promise<string[]>;
  changedFiles(from: string, to: string): Promise<ChangedFile[]>;
  /** The last commits among a commit's first parents that changed one of these paths, newest first. */
  changesOf(commit: string, paths: readonly string[], most: number): Promise<string[]>;
  snapshot(commit: string): Snapshot;
  /**
   * What merging `head` into `base` gives.
   *
   * @param folder an empty folder that must outlive the answer; the repository itself stays as it is
   */
  merge(base: string, head: string, folder: string): Promise<Merged>;
}

/** Opens the repository that `folder` lies in. */
export async function openRepository(folder: string): Promise<Outcome<LocalRepository>> {
  if (!existsSync(folder)) return { ok: false, problems: [noRepository(folder, "the folder does not exist")] };
  const tree = await runGit(folder, ["rev-parse", "--show-toplevel"]);
  if (tree.missing) return { ok: false, problems: [gitMissing(folder)] };
  // A bare repository has no working tree.
  const found = tree.code === 0 ? tree : await runGit(folder, ["rev-parse", "--absolute-git-dir"]);
  if (found.code !== 0) return { ok: false, problems: [noRepository(folder, found.errors)] };
  return { ok: true, value: repositoryAt(firstLine(found.output)), notes: [] };
}

function repositoryAt(root: string): LocalRepository {
  const git = (...args: string[]) => runGit(root, args);
  const status = async (...args: string[]) =>
    runGit(root, ["status", "--ignore-submodules=all", ...args], { environment: await withoutFilters(root) });
  const oneLine = (...args: string[]) => line(root, args);
  const gitFolder = async () => resolve(root, (await oneLine("rev-parse", "--git-common-dir")) ?? ".git");
  return {
    root,
    gitFolder,
    commit: (revision) =>
      revision === "" || revision.includes("\0")
        ? Promise.resolve(null)
        : oneLine("rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`),
    branch: () => oneLine("symbolic-ref", "--quiet", "--short", "HEAD"),
    mergeBase: (first, second) => oneLine("merge-base", first, second),
    shallow: async () => (await oneLine("rev-parse", "--is-shallow-repository")) === "true",
    dirty: async () => {
      const { code, output } = await status("--porcelain", "--untracked-files=no");
      return code === 0 && output.length > 0;
    },
    uncommitted: async (paths) => {
      const { code, output } = await status(
        "--porcelain",
        "-z",
        "--untracked-files=all",
        "--no-renames",
        "--",
        ...paths,
      );
      const entries = code === 0 ? output.toString("utf8").split("\0").filter(Boolean) : [];
      return entries.map((entry) => entry.slice(3));
    },
    origin: () => oneLine("config", "--get", "remote.origin.url"),
    subjects: async (from, to) => {
      const { code, output } = await git(
        "log",
        "--no-show-signature",
        "--format=%s",
        "--max-count=100",
        `${from}..${to}`,
      );
      return code === 0 ? output.toString("utf8").split("\n").filter(Boolean).reverse() : [];
    },
    changedFiles: async (from, to) => {
      const { code, output, errors } = await git("diff-tree", "-r", "-z", "-M", "--raw", "--numstat", from, to);
      if (code !== 0) throw new Error(`git diff-tree failed: ${errors.trim()}`);
      return parseChangedFiles(output.toString("utf8"));
    },
    changesOf: async (commit, paths, most) => {
      const list = ["rev-list", "--first-parent", `--max-count=${most}`, commit, "--", ...paths];
      const { code, output, errors } = await git(...list);
      if (code !== 0) throw new Error(`git rev-list failed: ${errors.trim()}`);
      return output.toString("utf8").split("\n").filter(Boolean);
    },
    snapshot: (commit) => snapshotOf(root, commit),
    merge: async (base, head, folder) => mergeTrees(await gitFolder(), folder, base, head),
  };
}

/** The first line of git's answer, or null when it refused. */
async function line(folder: string, args: string[]): Promise<string | null> {
  const { code, output } = await runGit(folder, args);
  return code === 0 ? firstLine(output) : null;
}

function firstLine(output: Buffer): string {
  return output.toString("utf8").split("\n")[0] ?? "";
}

function noRepository(folder: string, reason: string): Problem {
  return {
    code: "no-repository",
    where: { path: folder },
    message: "This folder is not inside a git repository that can be read.",
    written: reason.split("\n")[0]?.slice(0, 300) ?? "",
    remedy: "Run the command inside a git repository, or name one with --repository.",
  };
}

function gitMissing(folder: string): Problem {
  return {
    code: "git-missing",
    where: { path: folder },
    message: "The program git was not found.",
    remedy: "Install git 2.31 or newer and make sure it is on the PATH.",
  };
}
