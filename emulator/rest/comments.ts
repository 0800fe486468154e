import { addComment, deleteComment, editComment } from "../actions/issues.ts";
import { appOf } from "../actor.ts";
import { HttpError, notFound } from "../errors.ts";
import type { Comment, Issue } from "../model.ts";
import { presentComment } from "../present/issue.ts";
import { atLeast } from "../state.ts";
import { type Call, created, noContent, ok, route } from "./route.ts";

const reading = { app: ["issues:read", "pull_requests:read"] } as const;
const writing = { app: ["issues:write", "pull_requests:write"], person: "read" } as const;

function find(call: Call): { issue: Issue; comment: Comment } {
  for (const issue of call.repository.issues.values()) {
    const comment = issue.comments.find(({ id }) => id === call.number("comment_id"));
    if (comment) return { issue, comment };
  }
  throw notFound();
}

/** Own comments may be changed by their author, others by people with write access; an App changes only its own. */
function checkOwner(call: Call, comment: Comment): void {
  if (comment.author === call.account) return;
  const writer = call.actor.kind === "user" && atLeast(call.world.state.roleOf(call.account, call.repository), "write");
  if (!writer) throw new HttpError(403, "Resource not accessible by integration");
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
  route("GET /repos/{owner}/{repo}/issues/comments", reading, (call) => {
    const all = [...call.repository.issues.values()].flatMap((issue) =>
      issue.comments.map((comment) => ({ issue, comment })),
    );
    return call.page(all, ({ issue, comment }) => presentComment(call.world, issue, comment));
  }),
  route("GET /repos/{owner}/{repo}/issues/comments/{comment_id}", reading, (call) => {
    const { issue, comment } = find(call);
    return ok(presentComment(call.world, issue, comment));
  }),
  route("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", writing, (call) => {
    const { issue, comment } = find(call);
    checkOwner(call, comment);
    editComment(call.world, issue, comment, call.account, call.body.body);
    return ok(presentComment(call.world, issue, comment));
  }),
  route("DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}", writing, (call) => {
    const { issue, comment } = find(call);
    checkOwner(call, comment);
    deleteComment(call.world, issue, comment, call.account);
    return noContent;
  }),
];
