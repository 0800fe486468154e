import { closingIssues } from "../actions/closing-issues.ts";
import { canSee } from "../actor.ts";
import type { Comment, Issue, Label, PullIssue } from "../model.ts";
import { authorAssociation } from "../present/issue.ts";
import { htmlUrl } from "../present/repository.ts";
import { nodeId } from "../state.ts";
import { showNullable } from "./actors.ts";
import { connect, type PageArguments } from "./connection.ts";
import type { Context } from "./context.ts";

export function showLabel(label: Label) {
  return { id: nodeId("LA", label.id), name: label.name, color: label.color, description: label.description };
}

/** The fields that issues and pull requests share. */
export function showShared(context: Context, issue: Issue) {
  const { repository } = issue;
  const kind = issue.pull ? "pull" : "issues";
  return {
    number: issue.number,
    title: issue.title,
    body: issue.body ?? "",
    bodyText: issue.body ?? "",
    closed: issue.state === "closed",
    closedAt: issue.closedAt,
    locked: issue.locked,
    createdAt: issue.createdAt,
    updatedAt: issue.updatedAt,
    url: `${htmlUrl(context.world, repository)}/${kind}/${issue.number}`,
    author: showNullable(context, issue.author),
    authorAssociation: authorAssociation(context.world.state, repository, issue.author),
    repository: () => context.show.repository(repository),
    labels: (args: PageArguments) => connect("labels", issue.labels, args, showLabel),
    comments: (args: PageArguments) =>
      connect("comments", issue.comments, args, (comment) => showComment(context, issue, comment)),
  };
}

export function showComment(context: Context, issue: Issue, comment: Comment) {
  const kind = issue.pull ? "pull" : "issues";
  const page = `${htmlUrl(context.world, issue.repository)}/${kind}/${issue.number}`;
  const last = comment.edits.at(-1);
  return {
    __typename: "IssueComment",
    id: nodeId("IC", comment.id),
    databaseId: comment.id,
    body: comment.body,
    author: showNullable(context, comment.author),
    authorAssociation: authorAssociation(context.world.state, issue.repository, comment.author),
    createdAt: comment.createdAt,
    updatedAt: comment.updatedAt,
    url: `${page}#issuecomment-${comment.id}`,
    editor: last ? showNullable(context, last.editor) : null,
    lastEditedAt: last?.at ?? null,
    includesCreatedEdit: last !== undefined,
    // The newest first, and each with the whole text.
    userContentEdits: (args: PageArguments) =>
      connect("userContentEdits", comment.edits.toReversed(), args, ({ id, editor, at, body }) => ({
        ...{ id: nodeId("UCE", id), createdAt: at, editedAt: at, updatedAt: at },
        ...{ diff: body, editor: showNullable(context, editor) },
      })),
  };
}

const reasons = { completed: "COMPLETED", not_planned: "NOT_PLANNED", reopened: "REOPENED", duplicate: "DUPLICATE" };

interface TimelineArguments extends PageArguments {
  readonly itemTypes?: readonly string[] | null;
}

export function showIssue(context: Context, issue: Issue): Record<string, unknown> {
  return {
    __typename: "Issue",
    ...showShared(context, issue),
    id: nodeId("I", issue.id),
    databaseId: issue.id,
    state: issue.state.toUpperCase(),
    stateReason: issue.stateReason && reasons[issue.stateReason],
    closedByPullRequestsReferences: (args: PageArguments & { includeClosedPrs?: boolean }) => {
      const pulls = closers(context, issue).filter((pull) => args.includeClosedPrs || pull.state === "open");
      return connect("closedByPullRequestsReferences", pulls, args, context.show.pull);
    },
    timelineItems: (args: TimelineArguments) => showTimeline(context, issue, args),
  };
}

/** The pull requests whose merge closes the issue, as far as the caller may see them. */
function closers(context: Context, issue: Issue): PullIssue[] {
  return context.world.state
    .allPulls()
    .filter((pull) => canSee(context, pull.repository) && closingIssues(context.world, pull).includes(issue));
}

function showTimeline(context: Context, issue: Issue, args: TimelineArguments) {
  const items = closers(context, issue).map((pull) => {
    const linked = pull.pull.linked.has(issue.id);
    const shared = {
      id: nodeId("EV", `${issue.id}:${pull.id}`),
      createdAt: pull.createdAt,
      isCrossRepository: pull.repository !== issue.repository,
      source: () => context.show.pull(pull),
    };
    return linked
      ? { __typename: "ConnectedEvent", ...shared, subject: () => showIssue(context, issue) }
      : {
          __typename: "CrossReferencedEvent",
          ...shared,
          willCloseTarget: true,
          target: () => showIssue(context, issue),
        };
  });
  const types: Record<string, string> = {
    ConnectedEvent: "CONNECTED_EVENT",
    CrossReferencedEvent: "CROSS_REFERENCED_EVENT",
  };
  const wanted = items.filter((item) => !args.itemTypes || args.itemTypes.includes(types[item.__typename] ?? ""));
  const page = connect("timelineItems", wanted, args, (item) => item);
  return { ...page, filteredCount: wanted.length, pageCount: page.nodes.length, updatedAt: issue.updatedAt };
}
