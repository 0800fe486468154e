import { basename } from "node:path";
import type { Facts, Known, LinkedIssue } from "../facts/facts.ts";
import { isCountedIssue } from "../facts/issue-name.ts";
import type { Policy } from "../policy/policy.ts";
import type { LocalChange } from "./local-change.ts";
import type { PullRequestFile } from "./pull-request-file.ts";
import type { LocalRepository } from "./repository.ts";

/**
 * What is known about a local branch as if it were a pull request. What only GitHub knows comes from `file`, or is
 * unknown and says so.
 */
export async function gatherLocalFacts(
  repository: LocalRepository,
  change: LocalChange,
  policy: Policy,
  file: PullRequestFile | null,
  now: Date,
): Promise<Omit<Facts, "models" | "policyChange">> {
  const { base, head, mergeBase } = change;
  const [origin, subjects, changedFiles] = await Promise.all([
    repository.origin(),
    repository.subjects(mergeBase, head.sha),
    repository.changedFiles(mergeBase, head.sha),
  ]);
  const { owner, name } = ownerAndName(origin, repository.root);
  return {
    door: "git",
    repository: { id: null, owner, name, private: true, defaultBranch: base.ref, url: null },
    pullRequest: {
      number: file?.number ?? null,
      // GitHub proposes the only commit's subject, or the name of the branch.
      title: file?.title ?? (subjects.length === 1 ? (subjects[0] as string) : head.ref),
      body: file?.body ?? "",
      url: file?.url ?? null,
      draft: file?.draft ?? false,
      ...(file?.createdAt === undefined ? {} : { createdAt: file.createdAt }),
      author: file?.author ?? null,
      labels: file?.labels === undefined ? needsGitHub("labels") : { known: true, value: file.labels },
      base,
      head: { ...head, repository: `${owner}/${name}` },
      mergeBase,
      fork: false,
    },
    linkedIssues: linkedIssues(file, { owner, name }, origin === null ? null : policy),
    changedFiles: { known: true, value: changedFiles },
    reviews: { known: false, why: "needs-github", detail: "Only GitHub knows the reviews." },
    requestedTeams: { known: false, why: "needs-github", detail: "Only GitHub knows who is asked for a review." },
    policy,
    now: now.toISOString(),
  };
}

/**
 * By the rule that holds on GitHub: of an issue that does not count, only the name is known.
 *
 * @param policy null where nobody knows the name of the repository, and so no issue as one of another
 */
function linkedIssues(
  file: PullRequestFile | null,
  repository: { owner: string; name: string },
  policy: Policy | null,
): Known<LinkedIssue[]> {
  if (file?.linkedIssues === undefined) return needsGitHub("linkedIssues");
  const value = file.linkedIssues.map(({ number, owner = repository.owner, repo = repository.name, ...issue }) => {
    const counts = policy === null || isCountedIssue({ owner, repo, number }, { repository }, policy);
    return { owner, repo, number, issue: counts ? issue : null, source: "github" as const };
  });
  return { known: true, value };
}

function needsGitHub(key: string): { known: false; why: "needs-github"; detail: string } {
  return {
    known: false,
    why: "needs-github",
    detail: `Only GitHub knows this; --pull-request FILE can say it (${key}).`,
  };
}

/** `owner` and `name` from the address of the remote, or the folder's name when there is none. */
function ownerAndName(origin: string | null, root: string): { owner: string; name: string } {
  const found = /[/:]([^/:\s]+)\/([^/:\s]+?)(?:\.git)?\/?$/.exec(origin ?? "");
  if (found?.[1] !== undefined && found[2] !== undefined) return { owner: found[1], name: found[2] };
  return { owner: "local", name: basename(root).replace(/\.git$/, "") };
}
