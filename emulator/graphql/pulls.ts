import { reviewDecision } from "../actions/branch-rules.ts";
import { closingIssues } from "../actions/closing-issues.ts";
import { mergeableState } from "../actions/mergeability.ts";
import { pullCommits, pullFiles } from "../actions/pull-changes.ts";
import { askMergeable } from "../actions/test-merge.ts";
import { canSee } from "../actor.ts";
import { readCommit } from "../git/commits.ts";
import { countLines, type FileChange } from "../git/diff.ts";
import type { PullIssue, Review } from "../model.ts";
import { authorAssociation } from "../present/issue.ts";
import { htmlUrl } from "../present/repository.ts";
import { nodeId } from "../state.ts";
import { showAccount, showNullable, showTeam } from "./actors.ts";
import { connect, type PageArguments } from "./connection.ts";
import { type Context, need } from "./context.ts";
import { showCommit, showRef } from "./git-objects.ts";
import { showIssue, showShared } from "./issues.ts";

export function pullState(issue: PullIssue): "OPEN" | "CLOSED" | "MERGED" {
  if (issue.pull.mergedAt) return "MERGED";
  return issue.state === "open" ? "OPEN" : "CLOSED";
}

/** A pull request as GraphQL shows it; what needs git is worked out when asked for. */
export function showPull(context: Context, issue: PullIssue): Record<string, unknown> {
  const { repository, pull } = issue;
  const { state } = context.world;
  const { directory } = repository;
  let asked: Promise<boolean | null> | undefined;
  // Asked once, so that the fields of one answer agree.
  const ask = () => {
    asked ??= askMergeable(context.world, issue);
    return asked;
  };
  return {
    __typename: "PullRequest",
    ...showShared(context, issue),
    id: nodeId("PR", pull.id),
    databaseId: pull.id,
    fullDatabaseId: String(pull.id),
    state: pullState(issue),
    isDraft: pull.draft,
    merged: pull.mergedAt !== null,
    mergedAt: pull.mergedAt,
    mergedBy: showNullable(context, pull.mergedBy),
    mergeCommit: async () =>
      pull.mergeCommit ? showCommit(context, repository, await readCommit(directory, pull.mergeCommit)) : null,
    potentialMergeCommit: async () =>
      (await ask()) && pull.testMerge
        ? showCommit(context, repository, await readCommit(directory, pull.testMerge))
        : null,
    mergeable: async () => {
      const mergeable = await ask();
      return mergeable === null ? "UNKNOWN" : mergeable ? "MERGEABLE" : "CONFLICTING";
    },
    mergeStateStatus: async () => (await mergeableState(state, issue, await ask())).toUpperCase(),
    reviewDecision: () => reviewDecision(state, issue),
    baseRefName: pull.base.ref,
    baseRefOid: pull.base.sha,
    baseRef: () => showRef(context, repository, `refs/heads/${pull.base.ref}`),
    baseRepository: () => context.show.repository(repository),
    headRefName: pull.head.ref,
    headRefOid: pull.head.sha,
    headRef: () => {
      const { repository: head } = pull.head;
      return head && canSee(context, head) ? showRef(context, head, `refs/heads/${pull.head.ref}`) : null;
    },
    headRepository: () =>
      pull.head.repository && canSee(context, pull.head.repository)
        ? context.show.repository(pull.head.repository)
        : null,
    headRepositoryOwner: () => showNullable(context, pull.head.repository?.owner ?? null),
    isCrossRepository: pull.head.repository !== repository,
    additions: async () => countLines(await pullFiles(issue)).additions,
    deletions: async () => countLines(await pullFiles(issue)).deletions,
    changedFiles: async () => (await pullFiles(issue)).length,
    files: async (args: PageArguments) => connect("files", (await pullFiles(issue)).slice(0, 3000), args, showFile),
    commits: async (args: PageArguments) =>
      connect("commits", await pullCommits(issue), args, (commit) => ({
        id: nodeId("PRC", `${pull.id}:${commit.sha}`),
        url: `${htmlUrl(context.world, repository)}/pull/${issue.number}/commits/${commit.sha}`,
        commit: showCommit(context, repository, commit),
      })),
    reviews: (args: PageArguments & { states?: readonly string[]; author?: string }) => {
      const reviews = pull.reviews
        .filter((review) => !args.states || args.states.includes(review.state))
        .filter((review) => !args.author || review.author?.login === args.author);
      return connect("reviews", reviews, args, (review) => showReview(context, issue, review));
    },
    reviewRequests: (args: PageArguments) =>
      connect("reviewRequests", [...pull.requestedReviewers, ...pull.requestedTeams], args, (reviewer) => ({
        id: nodeId("RRQ", `${pull.id}:${reviewer.id}`),
        requestedReviewer: "slug" in reviewer ? showTeam(context, reviewer) : showAccount(context, reviewer),
      })),
    closingIssuesReferences: (args: PageArguments) => {
      need(context, repository, "issues");
      const issues = closingIssues(context.world, issue).filter((one) => canSee(context, one.repository));
      return connect("closingIssuesReferences", issues, args, (one) => showIssue(context, one));
    },
  };
}

const changeTypes = {
  added: "ADDED",
  removed: "DELETED",
  modified: "MODIFIED",
  renamed: "RENAMED",
  copied: "COPIED",
  changed: "CHANGED",
};

function showFile({ path, additions, deletions, status }: FileChange) {
  return { path, additions, deletions, changeType: changeTypes[status] };
}

function showReview(context: Context, issue: PullIssue, review: Review) {
  const { repository } = issue;
  return {
    id: nodeId("PRR", review.id),
    databaseId: review.id,
    state: review.state,
    body: review.body,
    submittedAt: review.submittedAt,
    author: showNullable(context, review.author),
    authorAssociation: authorAssociation(context.world.state, repository, review.author),
    url: `${htmlUrl(context.world, repository)}/pull/${issue.number}#pullrequestreview-${review.id}`,
    commit: async () => showCommit(context, repository, await readCommit(repository.directory, review.commit)),
  };
}
