import type { Outcome, Problem } from "../../pipeline/problem.ts";
import { findRevision } from "./find-revision.ts";
import type { LocalRepository } from "./repository.ts";

/** Which commits a local review is about. */
export interface LocalChange {
  base: { ref: string; sha: string };
  head: { ref: string; sha: string };
  mergeBase: string;
}

/** Finds the commits that were asked for. A base that exists only at the remote is found there, as GitHub would. */
export async function resolveChange(
  repository: LocalRepository,
  base: string,
  head: string,
): Promise<Outcome<LocalChange>> {
  const [baseSha, headSha] = await Promise.all([findRevision(repository, base), repository.commit(head)]);
  const problems: Problem[] = [];
  if (baseSha === null) problems.push(unknownRevision("--base", base));
  if (headSha === null) problems.push(unknownRevision("--head", head));
  if (baseSha === null || headSha === null) return { ok: false, problems };
  const [mergeBase, shallow, branch] = await Promise.all([
    repository.mergeBase(baseSha, headSha),
    repository.shallow(),
    head === "HEAD" ? repository.branch() : null,
  ]);
  if (mergeBase === null) return { ok: false, problems: [noCommonCommit(base, head, shallow)] };
  const change = { base: { ref: base, sha: baseSha }, head: { ref: branch ?? head, sha: headSha }, mergeBase };
  return { ok: true, value: change, notes: [] };
}

export function unknownRevision(option: string, written: string): Problem {
  return {
    code: "unknown-revision",
    where: { path: option },
    message: "This repository has no such branch, tag or commit.",
    written,
    allowed: "a branch, a tag or a commit id",
    remedy: "Check the spelling, or fetch it first: git fetch origin.",
  };
}

function noCommonCommit(base: string, head: string, shallow: boolean): Problem {
  return {
    code: "no-common-commit",
    where: { path: "--base" },
    message: `${base} and ${head} have no common commit, so there is nothing to compare ${head} with.`,
    written: base,
    remedy: shallow
      ? "This clone is shallow. Fetch the whole history: git fetch --unshallow (in a workflow: fetch-depth: 0)."
      : "Name the branch that yours started from.",
  };
}
