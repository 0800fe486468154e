import type { Problem } from "../../pipeline/problem.ts";
import type { FetchedPullRequest } from "../github/fetch-pull-request.ts";
import { policyPath } from "../policy/parse-policy.ts";
import type { Policy } from "../policy/policy.ts";
import type { Notice } from "../report/render-notice.ts";
import { countOf } from "../words/count-of.ts";
import type { Policies } from "./read-policies.ts";

/**
 * What to say when the base branch has no policy that could judge. Never a pass in passing: a gate that was asked for
 * and does not know its rules must not open. Only a change that brings a valid policy gets through, because otherwise
 * nobody could ever introduce or repair one. Where nobody asked, nothing is said.
 */
export function noticeWithoutPolicy({ judging, proposed, touched }: Policies, seen: FetchedPullRequest): Notice {
  const { base } = seen.pullRequest;
  if (proposed !== null && touched && !proposed.ok) {
    const sentence = `the policy of this pull request has ${countOf(proposed.problems.length, "mistake")}`;
    return mistakes(sentence, "A policy with mistakes can judge nothing, so it must not be merged.", proposed.problems);
  }
  if (judging === null) return proposed?.ok && touched ? introduces(proposed.value, base.ref) : noPolicy(seen);
  if (proposed?.ok && touched && changesNothingElse(seen)) return repairs(base.ref);
  const problems = judging.ok ? [] : judging.problems;
  const sentence = `nothing was checked: the policy of ${base.ref} has ${countOf(problems.length, "mistake")}`;
  return mistakes(sentence, "Repair it in a pull request that changes nothing else.", problems);
}

/** Two branches without a common commit can't be compared. */
export function noticeOfUnrelatedHistories(baseRef: string): Notice {
  return {
    passes: false,
    sentence: `no common history with ${baseRef}`,
    text: [
      `This branch and ${baseRef} have no commit in common, so there is nothing to compare with.`,
      `Rebase it on ${baseRef}.`,
    ],
    problems: [],
  };
}

/** Whether nobody asked for a review: the base branch has no policy and needs none, and the change does not bring one. */
export function isUnasked({ policy, policyIsMissed, changedFiles }: FetchedPullRequest): boolean {
  if (policy !== null || policyIsMissed) return false;
  return changedFiles.known && changedFiles.value.every(({ path }) => path !== policyPath);
}

export function noPolicy({ pullRequest, policyIsMissed }: FetchedPullRequest): Notice {
  const { ref } = pullRequest.base;
  return {
    passes: false,
    sentence: `no policy on ${ref}`,
    text: policyIsMissed
      ? [
          `The protection of the branch ${ref} or a ruleset requires this check, but the branch has no ${policyPath}, so nothing was checked.`,
          `Add ${policyPath} to ${ref} by a pull request, or do not require this check.`,
        ]
      : [`The branch ${ref} has no ${policyPath}, so nothing was checked.`],
    problems: [],
    ...(policyIsMissed ? {} : { silent: true }),
  };
}

function introduces(policy: Policy, baseRef: string): Notice {
  const ungated = policy.models.filter(({ metrics }) => Object.keys(metrics).length === 0).map(({ id }) => id);
  return {
    passes: true,
    sentence: `this change introduces a valid policy${ungated.length > 0 ? ", but nothing is gated" : ""}`,
    text: [
      `The branch ${baseRef} has no ${policyPath} yet. The one of this pull request has no mistakes.`,
      `It names ${countOf(policy.models.length, "model")}. After the merge it judges every pull request.`,
      ...(ungated.length > 0 ? [`Nothing is gated in ${ungated.join(", ")}: name a metric under metrics.`] : []),
    ],
    problems: [],
  };
}

function repairs(baseRef: string): Notice {
  return {
    passes: true,
    sentence: "this change repairs the policy",
    text: [`The policy of ${baseRef} has mistakes. The one of this pull request has none, and nothing else changes.`],
    problems: [],
  };
}

function mistakes(sentence: string, remedy: string, problems: readonly Problem[]): Notice {
  return { passes: false, sentence, text: [remedy], problems };
}

function changesNothingElse({ changedFiles }: FetchedPullRequest): boolean {
  return changedFiles.known && changedFiles.value.every(({ path }) => path === policyPath);
}
