import type { Comment, Issue, Label, Reaction, Repository } from "../model.ts";
import { atLeast, nodeId, type State, type World } from "../state.ts";
import { presentAccount, presentNullable } from "./account.ts";
import { presentApp } from "./app.ts";
import { apiUrl, htmlUrl } from "./repository.ts";

export function presentLabel(world: World, repository: Repository, label: Label): Record<string, unknown> {
  return {
    id: label.id,
    node_id: nodeId("LA", label.id),
    url: `${apiUrl(world, repository)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: false,
    description: label.description,
  };
}

/** How the author relates to the repository, as GitHub words it. */
export function authorAssociation(state: State, repository: Repository, author: { id: number } | null): string {
  const account = author ? state.accounts.get(author.id) : undefined;
  if (!account) return "NONE";
  if (repository.owner === account) return "OWNER";
  if (repository.owner.members.has(account.id)) return "MEMBER";
  const given = repository.collaborators.get(account.id);
  return given && atLeast(given, "read") ? "COLLABORATOR" : "NONE";
}

const contents = ["+1", "-1", "laugh", "confused", "heart", "hooray", "eyes", "rocket"] as const;

function summarize(url: string, reactions: readonly Reaction[]): Record<string, unknown> {
  const counts = contents.map((content) => [content, reactions.filter((one) => one.content === content).length]);
  return { url: `${url}/reactions`, total_count: reactions.length, ...Object.fromEntries(counts) };
}

export function presentReaction(world: World, { id, author, content, createdAt }: Reaction): Record<string, unknown> {
  return { id, node_id: nodeId("REA", id), user: presentAccount(world, author), content, created_at: createdAt };
}

/** An issue, or a pull request in its issue form. */
export function presentIssue(world: World, issue: Issue): Record<string, unknown> {
  const { repository } = issue;
  const api = apiUrl(world, repository);
  const url = `${api}/issues/${issue.number}`;
  const pull = issue.pull && {
    url: `${api}/pulls/${issue.number}`,
    html_url: `${htmlUrl(world, repository)}/pull/${issue.number}`,
    diff_url: `${htmlUrl(world, repository)}/pull/${issue.number}.diff`,
    patch_url: `${htmlUrl(world, repository)}/pull/${issue.number}.patch`,
    merged_at: issue.pull.mergedAt,
  };
  return {
    url,
    repository_url: api,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    timeline_url: `${url}/timeline`,
    html_url: `${htmlUrl(world, repository)}/${pull ? "pull" : "issues"}/${issue.number}`,
    id: issue.id,
    node_id: nodeId(pull ? "PR" : "I", issue.pull?.id ?? issue.id),
    number: issue.number,
    title: issue.title,
    user: presentNullable(world, issue.author),
    labels: issue.labels.map((label) => presentLabel(world, repository, label)),
    state: issue.state,
    state_reason: issue.stateReason,
    locked: issue.locked,
    active_lock_reason: null,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: issue.comments.length,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    closed_by: presentNullable(world, issue.closedBy),
    author_association: authorAssociation(world.state, repository, issue.author),
    body: issue.body,
    reactions: summarize(url, []),
    performed_via_github_app: null,
    ...(pull ? { pull_request: pull, draft: issue.pull?.draft } : {}),
  };
}

export function presentComment(world: World, issue: Issue, comment: Comment): Record<string, unknown> {
  const { repository } = issue;
  const url = `${apiUrl(world, repository)}/issues/comments/${comment.id}`;
  const kind = issue.pull ? "pull" : "issues";
  return {
    url,
    html_url: `${htmlUrl(world, repository)}/${kind}/${issue.number}#issuecomment-${comment.id}`,
    issue_url: `${apiUrl(world, repository)}/issues/${issue.number}`,
    id: comment.id,
    node_id: nodeId("IC", comment.id),
    user: comment.author ? presentAccount(world, comment.author) : null,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: authorAssociation(world.state, repository, comment.author),
    body: comment.body,
    reactions: summarize(url, comment.reactions),
    performed_via_github_app: comment.app ? presentApp(world, comment.app) : null,
  };
}
