import { invalid, refuseIf } from "../errors.ts";
import { checkText } from "../field-rules.ts";
import type { Account, App, Comment, Issue, Label, Pull, Reaction, ReactionContent, Repository } from "../model.ts";
import { presentComment, presentIssue, presentLabel } from "../present/issue.ts";
import { presentRepository } from "../present/repository.ts";
import type { World } from "../state.ts";
import { announce } from "../webhooks/announce.ts";

/** GitHub refuses longer texts in issues, pull requests and comments. Counted in characters. */
export const longestBody = 65_536;

/** Throws GitHub's 422 for a body that is too long. */
export function checkBody(resource: string, body: string | null | undefined): void {
  if (body && [...body].length > longestBody) {
    throw invalid(resource, "body", `body is too long (maximum is ${longestBody} characters)`);
  }
}

/** Tells listeners about an issue. */
export function announceIssue(world: World, issue: Issue, sender: Account, action: string, extra = {}): void {
  const payload = { issue: presentIssue(world, issue), ...extra };
  announce(world, { event: "issues", action, repository: issue.repository, sender, payload });
}

/** Puts an issue, or with `pull` a pull request, into the repository without telling anybody. */
export function newIssue(
  world: World,
  repository: Repository,
  author: Account,
  title: string,
  body: string | null,
  pull: Pull | null,
): Issue {
  const now = world.state.now();
  const issue: Issue = {
    ...{ id: world.state.id(), number: repository.nextNumber, repository, title, body, author, pull },
    state: "open",
    stateReason: null,
    labels: [],
    comments: [],
    locked: false,
    createdAt: now,
    updatedAt: now,
    closedAt: null,
    closedBy: null,
  };
  repository.nextNumber += 1;
  repository.issues.set(issue.number, issue);
  return issue;
}

export function openIssue(
  world: World,
  repository: Repository,
  author: Account,
  title: string,
  body: string | null,
  labels: readonly NamedLabel[],
): Issue {
  refuseIf(!repository.hasIssues, 410, "Issues has been disabled in this repository.");
  checkText("Issue title", title);
  checkBody("Issue", body);
  const issue = newIssue(world, repository, author, title, body, null);
  issue.labels = labelsNamed(world, repository, labels);
  announceIssue(world, issue, author, "opened");
  for (const label of issue.labels) {
    announceIssue(world, issue, author, "labeled", { label: presentLabel(world, repository, label) });
  }
  return issue;
}

/** New words for an issue or pull request; what is absent stays. */
export interface TextEdit {
  readonly title?: string;
  readonly body?: string | null;
}

/** Edits title and body, and says what they were as `edited` events do. */
export function editText(issue: Issue, resource: string, edit: TextEdit): Record<string, unknown> {
  const texts = (["title", "body"] as const).map((name) => ({ name, from: issue[name], to: edit[name] }));
  const changed = texts.filter(({ from, to }) => to !== undefined && to !== from);
  checkText("Issue title", edit.title);
  if (changed.some(({ name }) => name === "body")) checkBody(resource, edit.body);
  for (const { name, to } of changed) Object.assign(issue, { [name]: to });
  return Object.fromEntries(changed.map(({ name, from }) => [name, { from: from ?? "" }]));
}

export function editIssue(world: World, issue: Issue, sender: Account, edit: TextEdit): void {
  const changes = editText(issue, "Issue", edit);
  if (Object.keys(changes).length === 0) return;
  issue.updatedAt = world.state.now();
  announceIssue(world, issue, sender, "edited", { changes });
}

export function setIssueState(
  world: World,
  issue: Issue,
  sender: Account,
  state: Issue["state"],
  reason: Issue["stateReason"],
): void {
  if (issue.state === state) return;
  const now = world.state.now();
  const closed = state === "closed";
  Object.assign(issue, { state, updatedAt: now, closedAt: closed ? now : null, closedBy: closed ? sender : null });
  issue.stateReason = reason ?? (closed ? "completed" : "reopened");
  announceIssue(world, issue, sender, closed ? "closed" : "reopened");
}

export function deleteIssue(world: World, issue: Issue, sender: Account): void {
  issue.repository.issues.delete(issue.number);
  announceIssue(world, issue, sender, "deleted");
}

/** Moves an issue to another repository of the same owner, under a new number. */
export function transferIssue(world: World, issue: Issue, target: Repository, sender: Account): Issue {
  const source = issue.repository;
  const moved: Issue = { ...issue, id: world.state.id(), number: target.nextNumber, repository: target };
  target.nextNumber += 1;
  target.issues.set(moved.number, moved);
  source.issues.delete(issue.number);
  const changes = { new_issue: presentIssue(world, moved), new_repository: presentRepository(world, target) };
  announceIssue(world, issue, sender, "transferred", { changes });
  return moved;
}

export function findLabel(labels: readonly Label[], name: string): Label | undefined {
  return labels.find((label) => label.name.toLowerCase() === name.toLowerCase());
}

/** A label as requests name it. */
export type NamedLabel = string | { readonly name: string };

/** The labels that a request names; the repository gets those it lacks. */
export function labelsNamed(world: World, repository: Repository, wanted: readonly NamedLabel[]): Label[] {
  return wanted.map((one) => {
    const name = typeof one === "string" ? one : one.name;
    checkText("Label name", name);
    const known = findLabel(repository.labels, name);
    const label = known ?? { id: world.state.id(), name, color: "ededed", description: null };
    if (!known) repository.labels.push(label);
    return label;
  });
}

export function addComment(world: World, issue: Issue, author: Account, app: App | null, body: string): Comment {
  checkBody("IssueComment", body);
  if (body.trim() === "") throw invalid("IssueComment", "body", "body can't be blank");
  refuseIf(
    issue.locked && world.state.roleOf(author, issue.repository) === "read",
    403,
    "Unable to create comment because issue is locked.",
  );
  const now = world.state.now();
  const comment: Comment = {
    ...{ id: world.state.id(), author, app, body },
    ...{ edits: [], reactions: [], createdAt: now, updatedAt: now },
  };
  issue.comments.push(comment);
  issue.updatedAt = now;
  announceComment(world, issue, comment, author, "created");
  return comment;
}

export function editComment(world: World, issue: Issue, comment: Comment, sender: Account, body: string): void {
  checkBody("IssueComment", body);
  const { author, createdAt, body: from, edits } = comment;
  if (edits.length === 0) edits.push({ id: world.state.id(), editor: author, at: createdAt, body: from });
  comment.body = body;
  comment.updatedAt = world.state.now();
  edits.push({ id: world.state.id(), editor: sender, at: comment.updatedAt, body });
  announceComment(world, issue, comment, sender, "edited", { changes: { body: { from } } });
}

export function deleteComment(world: World, issue: Issue, comment: Comment, sender: Account): void {
  issue.comments.splice(issue.comments.indexOf(comment), 1);
  announceComment(world, issue, comment, sender, "deleted");
}

/** Adds a reaction, once per account and content. It is no change of the comment, and GitHub sends no event about it. */
export function react(
  world: World,
  comment: Comment,
  author: Account,
  content: ReactionContent,
): { reaction: Reaction; isNew: boolean } {
  const known = comment.reactions.find((one) => one.author === author && one.content === content);
  if (known) return { reaction: known, isNew: false };
  const reaction = { id: world.state.id(), author, content, createdAt: world.state.now() };
  comment.reactions.push(reaction);
  return { reaction, isNew: true };
}

function announceComment(
  world: World,
  issue: Issue,
  comment: Comment,
  sender: Account,
  action: string,
  extra = {},
): void {
  const payload = { issue: presentIssue(world, issue), comment: presentComment(world, issue, comment), ...extra };
  announce(world, { event: "issue_comment", action, repository: issue.repository, sender, payload });
}
