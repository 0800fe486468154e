import type { FetchedPullRequest } from "../github/fetch-pull-request.ts";
import { policyPath } from "../policy/parse-policy.ts";
import type { Policy } from "../policy/policy.ts";
import { renderProblems } from "../report/render-problems.ts";
import { plainReport } from "./plain-report.ts";
import type { Policies } from "./read-policies.ts";
import type { Publishable } from "./review-ports.ts";

/**
 * What to say when the base branch has no policy that could judge. Never a pass in passing: a gate that was asked for
 * and does not know its rules must not open. Only a change that brings a valid policy gets through, because otherwise
 * nobody could ever introduce or repair one.
 */
export function reportWithoutPolicy({ judging, proposed, touched }: Policies, seen: FetchedPullRequest): Publishable {
  const { base, head } = seen.pullRequest;
  const context = { baseRef: base.ref, headSha: head.sha };
  if (proposed !== null && touched && !proposed.ok) {
    const sentence = `the policy of this pull request has ${count(proposed.problems.length, "mistake")}`;
    return renderProblems(proposed.problems, { ...context, sentence });
  }
  if (judging === null) return proposed?.ok ? introduces(proposed.value, base.ref) : noPolicy(base.ref);
  if (proposed?.ok && touched && changesNothingElse(seen)) return repairs(base.ref);
  return renderProblems(judging.ok ? [] : judging.problems, context);
}

/** Two branches without a common commit can't be compared. */
export function reportUnrelatedHistories(baseRef: string): Publishable {
  return plainReport({
    passes: false,
    title: `no common history with ${baseRef}`,
    text: [
      `This branch and ${baseRef} have no commit in common, so there is nothing to compare with.`,
      `Rebase it on ${baseRef}.`,
    ],
    comment: true,
  });
}

function noPolicy(baseRef: string): Publishable {
  return plainReport({
    passes: false,
    title: `no policy on ${baseRef}`,
    text: [
      `ModelSync is installed, but the branch ${baseRef} has no ${policyPath}, so nothing was checked.`,
      `Add ${policyPath} to ${baseRef}, or remove this repository from the App's installation.`,
    ],
    comment: false,
  });
}

function introduces(policy: Policy, baseRef: string): Publishable {
  return plainReport({
    passes: true,
    title: "this change introduces a valid policy",
    text: [
      `The branch ${baseRef} has no ${policyPath} yet. The one of this pull request has no mistakes.`,
      `It names ${count(policy.models.length, "model")}. After the merge it judges every pull request.`,
    ],
    comment: true,
  });
}

function repairs(baseRef: string): Publishable {
  return plainReport({
    passes: true,
    title: "this change repairs the policy",
    text: [`The policy of ${baseRef} has mistakes. The one of this pull request has none, and nothing else changes.`],
    comment: true,
  });
}

function changesNothingElse({ changedFiles }: FetchedPullRequest): boolean {
  return changedFiles.known && changedFiles.value.every(({ path }) => path === policyPath);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
