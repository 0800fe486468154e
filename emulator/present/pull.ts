import type { Account, PullIssue, Repository, Review } from "../model.ts";
import { nodeId, type World } from "../state.ts";
import { presentAccount, presentNullable } from "./account.ts";
import { authorAssociation, presentLabel } from "./issue.ts";
import { apiUrl, htmlUrl, presentRepository } from "./repository.ts";
import { presentTeam } from "./team.ts";

/** A pull request as lists show it. */
export function presentPull(world: World, issue: PullIssue): Record<string, unknown> {
  const { repository, pull } = issue;
  const api = apiUrl(world, repository);
  const url = `${api}/pulls/${issue.number}`;
  const html = `${htmlUrl(world, repository)}/pull/${issue.number}`;
  const statuses = `${api}/statuses/${pull.head.sha}`;
  const issueUrl = `${api}/issues/${issue.number}`;
  const link = (href: string) => ({ href });
  return {
    url,
    id: pull.id,
    node_id: nodeId("PR", pull.id),
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: issueUrl,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${api}/pulls/comments{/number}`,
    comments_url: `${issueUrl}/comments`,
    statuses_url: statuses,
    number: issue.number,
    state: issue.state,
    locked: issue.locked,
    title: issue.title,
    user: presentNullable(world, issue.author),
    body: issue.body,
    labels: issue.labels.map((label) => presentLabel(world, repository, label)),
    milestone: null,
    active_lock_reason: null,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergeCommit ?? pull.testMerge,
    assignee: null,
    assignees: [],
    requested_reviewers: pull.requestedReviewers.map((account) => presentAccount(world, account)),
    requested_teams: pull.requestedTeams.map((team) => presentTeam(world, team)),
    head: presentSide(world, pull.head.ref, pull.head.sha, pull.head.repository, pull.head.owner),
    base: presentSide(world, pull.base.ref, pull.base.sha, repository, repository.owner),
    _links: {
      self: link(url),
      html: link(html),
      issue: link(issueUrl),
      comments: link(`${issueUrl}/comments`),
      review_comments: link(`${url}/comments`),
      review_comment: link(`${api}/pulls/comments{/number}`),
      commits: link(`${url}/commits`),
      statuses: link(statuses),
    },
    author_association: authorAssociation(world.state, repository, issue.author),
    auto_merge: null,
    draft: pull.draft,
  };
}

function presentSide(
  world: World,
  ref: string,
  sha: string,
  repository: Repository | null,
  owner: Account | null,
): Record<string, unknown> {
  return {
    label: owner ? `${owner.login}:${ref}` : ref,
    ref,
    sha,
    user: presentNullable(world, owner),
    repo: repository ? presentRepository(world, repository) : null,
  };
}

/** What the detailed form of a pull request adds; computing it needs git. */
export interface PullDetails {
  readonly mergeable: boolean | null;
  readonly mergeableState: string;
  readonly commits: number;
  readonly additions: number;
  readonly deletions: number;
  readonly changedFiles: number;
}

export function presentPullDetails(world: World, issue: PullIssue, details: PullDetails): Record<string, unknown> {
  return {
    ...presentPull(world, issue),
    merged: issue.pull.mergedAt !== null,
    mergeable: details.mergeable,
    rebaseable: details.mergeable,
    mergeable_state: details.mergeableState,
    merged_by: presentNullable(world, issue.pull.mergedBy),
    comments: issue.comments.length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: details.commits,
    additions: details.additions,
    deletions: details.deletions,
    changed_files: details.changedFiles,
  };
}

/** The short form inside check runs and suites. */
export function presentPullMinimal(world: World, issue: PullIssue): Record<string, unknown> {
  const { pull, repository } = issue;
  const side = (one: Repository) => ({ id: one.id, url: apiUrl(world, one), name: one.name });
  return {
    id: pull.id,
    number: issue.number,
    url: `${apiUrl(world, repository)}/pulls/${issue.number}`,
    head: { ref: pull.head.ref, sha: pull.head.sha, repo: side(pull.head.repository ?? repository) },
    base: { ref: pull.base.ref, sha: pull.base.sha, repo: side(repository) },
  };
}

export function presentReview(world: World, issue: PullIssue, review: Review): Record<string, unknown> {
  const html = `${htmlUrl(world, issue.repository)}/pull/${issue.number}#pullrequestreview-${review.id}`;
  const pull = `${apiUrl(world, issue.repository)}/pulls/${issue.number}`;
  return {
    id: review.id,
    node_id: nodeId("PRR", review.id),
    user: presentNullable(world, review.author),
    body: review.body,
    state: review.state,
    html_url: html,
    pull_request_url: pull,
    author_association: authorAssociation(world.state, issue.repository, review.author),
    _links: { html: { href: html }, pull_request: { href: pull } },
    submitted_at: review.submittedAt,
    commit_id: review.commit,
  };
}
