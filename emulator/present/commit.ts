import type { Commit } from "../git/commits.ts";
import type { FileChange } from "../git/diff.ts";
import type { TreeEntry } from "../git/objects.ts";
import type { Account, Repository } from "../model.ts";
import { nodeId, type World } from "../state.ts";
import { presentNullable } from "./account.ts";
import { apiUrl, htmlUrl, urlPath } from "./repository.ts";

const verification = { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null };

/** A commit as the git database shows it. */
export function presentGitCommit(world: World, repository: Repository, commit: Commit): Record<string, unknown> {
  const api = apiUrl(world, repository);
  const html = htmlUrl(world, repository);
  return {
    sha: commit.sha,
    node_id: nodeId("C", `${repository.id}:${commit.sha}`),
    url: `${api}/git/commits/${commit.sha}`,
    html_url: `${html}/commit/${commit.sha}`,
    author: commit.author,
    committer: commit.committer,
    message: commit.message,
    tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${api}/git/commits/${sha}`,
      html_url: `${html}/commit/${sha}`,
    })),
    verification,
  };
}

/** A commit as commit lists show it. */
export function presentCommit(world: World, repository: Repository, commit: Commit): Record<string, unknown> {
  const api = apiUrl(world, repository);
  const html = htmlUrl(world, repository);
  const account = (email: string) => presentNullable(world, accountOfEmail(world, email));
  return {
    sha: commit.sha,
    node_id: nodeId("C", `${repository.id}:${commit.sha}`),
    url: `${api}/commits/${commit.sha}`,
    html_url: `${html}/commit/${commit.sha}`,
    comments_url: `${api}/commits/${commit.sha}/comments`,
    commit: {
      url: `${api}/git/commits/${commit.sha}`,
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      comment_count: 0,
      tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
      verification,
    },
    author: account(commit.author.email),
    committer: account(commit.committer.email),
    parents: commit.parents.map((sha) => ({ sha, url: `${api}/commits/${sha}`, html_url: `${html}/commit/${sha}` })),
  };
}

/** GitHub knows people by the address of their commits: `login@users.noreply.localhost` here. */
export function emailOf(login: string): string {
  return `${login.replace(/[^A-Za-z0-9-]/g, "-")}@users.noreply.localhost`;
}

/** How an account signs the commits that it makes by a button or a call. */
export function signatureOf(account: Account): { name: string; email: string } {
  return { name: account.name, email: emailOf(account.login) };
}

function accountOfEmail(world: World, email: string) {
  return [...world.state.accounts.values()].find((account) => emailOf(account.login) === email) ?? null;
}

/** The short form inside suites and push payloads. */
export function presentSimpleCommit(commit: Commit): Record<string, unknown> {
  return {
    id: commit.sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: commit.committer.date,
    author: { name: commit.author.name, email: commit.author.email },
    committer: { name: commit.committer.name, email: commit.committer.email },
  };
}

/** One file of a diff. */
export function presentFile(world: World, repository: Repository, sha: string, file: FileChange) {
  const path = urlPath(file.path);
  const html = htmlUrl(world, repository);
  return {
    sha: file.sha,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${html}/blob/${sha}/${path}`,
    raw_url: `${html}/raw/${sha}/${path}`,
    contents_url: `${apiUrl(world, repository)}/contents/${path}?ref=${sha}`,
    ...(file.patch === undefined ? {} : { patch: file.patch }),
    ...(file.previousPath === undefined ? {} : { previous_filename: file.previousPath }),
  };
}

/** One entry of a tree. */
export function presentTreeEntry(world: World, repository: Repository, entry: TreeEntry): Record<string, unknown> {
  const folder = { blob: "blobs", tree: "trees", commit: "commits" }[entry.type];
  return {
    path: entry.path,
    mode: entry.mode,
    type: entry.type,
    sha: entry.sha,
    ...(entry.size === undefined ? {} : { size: entry.size }),
    ...(entry.type === "commit" ? {} : { url: `${apiUrl(world, repository)}/git/${folder}/${entry.sha}` }),
  };
}
