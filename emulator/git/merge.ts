import { readCommit, readCommits, writeCommit } from "./commits.ts";
import { remember } from "./memory.ts";
import { tryGit } from "./run.ts";

/**
 * Merges two commits without a working tree: the merged tree, or undefined when they conflict or share no history.
 * Needs git 2.38.
 */
export function mergeTrees(directory: string, base: string, head: string): Promise<string | undefined> {
  return remember(directory, `merge ${base} ${head}`, async () => {
    const result = await tryGit(directory, ["merge-tree", "--write-tree", "--no-messages", base, head]);
    if (result.code === 0) return result.output.toString("utf8").trim();
    if (result.code === 1 || /unrelated histories/.test(result.error)) return undefined;
    throw new Error(`git merge-tree ended with ${result.code}: ${result.error.trim()}`);
  });
}

export interface Person {
  readonly name: string;
  readonly email: string;
}

export interface MergeRequest {
  readonly base: string;
  readonly head: string;
  readonly method: "merge" | "squash" | "rebase";
  readonly message: string;
  /** Who commits. */
  readonly person: Person;
  /** Who wrote it, when that is somebody else; a rebase keeps the author of each commit. */
  readonly author?: Person;
}

/** Merges `head` into `base` by the asked method and returns the new tip, or undefined when they conflict. */
export async function mergeCommits(directory: string, request: MergeRequest): Promise<string | undefined> {
  if (request.method === "rebase") return rebase(directory, request);
  const tree = await mergeTrees(directory, request.base, request.head);
  if (!tree) return undefined;
  const parents = request.method === "merge" ? [request.base, request.head] : [request.base];
  return writeCommit(directory, {
    tree,
    parents,
    message: request.message,
    author: request.author ?? request.person,
    committer: request.person,
  });
}

async function rebase(directory: string, request: MergeRequest): Promise<string | undefined> {
  const commits = await readCommits(directory, ["--reverse", "--no-merges", `${request.base}..${request.head}`]);
  let tip = request.base;
  for (const commit of commits) {
    const replayed = await replay(directory, commit.parents[0], tip, commit.sha);
    if (!replayed) return undefined;
    tip = await writeCommit(directory, {
      tree: replayed,
      parents: [tip],
      message: commit.message,
      author: commit.author,
      committer: request.person,
    });
  }
  return tip;
}

/**
 * Applies what `commit` changed against its parent onto `tip`. A helper commit with the tip's tree and the parent
 * as its only ancestor makes the parent the merge base.
 */
async function replay(
  directory: string,
  parent: string | undefined,
  tip: string,
  commit: string,
): Promise<string | undefined> {
  const { tree } = await readCommit(directory, tip);
  const helper = await writeCommit(directory, {
    tree,
    parents: parent ? [parent] : [],
    message: "onto",
    author: { name: "local", email: "local@localhost" },
  });
  return mergeTrees(directory, helper, commit);
}
