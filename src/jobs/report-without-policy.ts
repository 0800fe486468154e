import type { Problem } from "../../pipeline/problem.ts";
import type { FetchedPullRequest } from "../github/fetch-pull-request.ts";
import { policyPath } from "../policy/parse-policy.ts";
import { plainReport } from "./plain-report.ts";
import type { Policies } from "./read-policies.ts";
import type { Publishable } from "./review-ports.ts";

/**
 * What to say when the base branch has no policy that could judge. Never a pass in passing: a gate that was asked for
 * and does not know its rules must not open. Only a change that brings a valid policy gets through, because otherwise
 * nobody could ever introduce or repair one.
 */
export function reportWithoutPolicy(policies: Policies, seen: FetchedPullRequest): Publishable {
  const base = seen.pullRequest.base.ref;
  const { judging, proposed, touched } = policies;
  if (judging === null) {
    if (proposed === null) {
      return plainReport({
        passes: false,
        title: `no policy on ${base}`,
        text: [
          `ModelSync is installed, but the branch ${base} has no ${policyPath}, so nothing was checked.`,
          `Add ${policyPath} to ${base}, or remove this repository from the App's installation.`,
        ],
        problems: [],
        comment: false,
      });
    }
    return proposed.ok
      ? plainReport({
          passes: true,
          title: "this change introduces a valid policy",
          text: [
            `The branch ${base} has no ${policyPath} yet. The one in this pull request is valid.`,
            `It names ${count(proposed.value.models.length, "model")} and judges every pull request after the merge.`,
          ],
          problems: [],
          comment: true,
        })
      : brokenProposal(proposed.problems);
  }
  const problems = judging.ok ? [] : judging.problems;
  if (proposed !== null && touched && !proposed.ok) return brokenProposal(proposed.problems);
  const files = seen.changedFiles.known ? seen.changedFiles.value.map(({ path }) => path) : [];
  if (proposed?.ok && touched && files.every((path) => path === policyPath)) {
    return plainReport({
      passes: true,
      title: "this change repairs the policy",
      text: [`The policy on ${base} has mistakes. The one in this pull request is valid, and nothing else changes.`],
      problems: [],
      comment: true,
    });
  }
  return plainReport({
    passes: false,
    title: `nothing was checked: the policy on ${base} has ${count(problems.length, "mistake")}`,
    text: [`Repair ${policyPath} on ${base} in a pull request that changes nothing else.`],
    problems,
    comment: true,
  });
}

/** Two branches without a common commit can't be compared. */
export function reportUnrelatedHistories(base: string): Publishable {
  return plainReport({
    passes: false,
    title: `no common history with ${base}`,
    text: [
      `This branch and ${base} have no commit in common, so there is nothing to compare with.`,
      `Rebase it on ${base}.`,
    ],
    problems: [],
    comment: true,
  });
}

function brokenProposal(problems: Problem[]): Publishable {
  return plainReport({
    passes: false,
    title: `the policy in this pull request has ${count(problems.length, "mistake")}`,
    text: ["A policy with mistakes can't judge anything, so it must not be merged."],
    problems,
    comment: true,
  });
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
