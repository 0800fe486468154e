import { addComment, deleteComment, editComment, react } from "../actions/issues.ts";
import { appOf } from "../actor.ts";
import { found, refuseIf } from "../errors.ts";
import type { Comment, Issue } from "../model.ts";
import { presentComment, presentReaction } from "../present/issue.ts";
import { atLeast } from "../state.ts";
import { type Call, created, noContent, ok, route } from "./route.ts";

const reading = { app: ["issues:read", "pull_requests:read"] } as const;
const writing = { app: ["issues:write", "pull_requests:write"], person: "read" } as const;

/** The comments of a repository, each with its issue. */
function comments(call: Call): { issue: Issue; comment: Comment }[] {
  const issues = [...call.repository.issues.values()];
  return issues.flatMap((issue) => issue.comments.map((comment) => ({ issue, comment })));
}

function find(call: Call) {
  return found(comments(call).find(({ comment }) => comment.id === call.number("comment_id")));
}

/** Finds a comment to change. Own comments may be changed by their author, others by people with write access; an App changes only its own. */
function findToChange(call: Call) {
  const one = find(call);
  const writer = call.actor.kind === "user" && atLeast(call.world.state.roleOf(call.account, call.repository), "write");
  refuseIf(one.comment.author !== call.account && !writer, 403, "Resource not accessible by integration");
  return one;
}

export const commentRoutes = [
  route("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", reading, (call) => {
    const issue = call.issue();
    const since = call.query.get("since") ?? "";
    return call.page(
      issue.comments.filter(({ updatedAt }) => updatedAt >= since),
      (one) => presentComment(call.world, issue, one),
    );
  }),
  route("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", writing, (call) => {
    const issue = call.issue();
    const comment = addComment(call.world, issue, call.account, appOf(call.actor), call.body.body);
    return created(presentComment(call.world, issue, comment));
  }),
  route("GET /repos/{owner}/{repo}/issues/comments", reading, (call) =>
    call.page(comments(call), ({ issue, comment }) => presentComment(call.world, issue, comment)),
  ),
  route("GET /repos/{owner}/{repo}/issues/comments/{comment_id}", reading, (call) => {
    const { issue, comment } = find(call);
    return ok(presentComment(call.world, issue, comment));
  }),
  route("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", writing, (call) => {
    const { issue, comment } = findToChange(call);
    editComment(call.world, issue, comment, call.account, call.body.body);
    return ok(presentComment(call.world, issue, comment));
  }),
  route("DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}", writing, (call) => {
    const { issue, comment } = findToChange(call);
    deleteComment(call.world, issue, comment, call.account);
    return noContent;
  }),
  route("GET /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions", reading, (call) =>
    call.page(find(call).comment.reactions, (one) => presentReaction(call.world, one)),
  ),
  route("POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions", writing, (call) => {
    const { reaction, isNew } = react(call.world, find(call).comment, call.account, call.body.content);
    return { status: isNew ? 201 : 200, body: presentReaction(call.world, reaction) };
  }),
];
