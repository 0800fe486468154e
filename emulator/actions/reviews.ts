import { refuseIf } from "../errors.ts";
import type { Account, PullIssue, Review } from "../model.ts";
import { presentPull, presentReview } from "../present/pull.ts";
import type { World } from "../state.ts";
import { announce } from "../webhooks/announce.ts";
import { isAmong, rulesFor } from "./branch-rules.ts";
import { checkBody } from "./issues.ts";
import { fulfilRequests } from "./review-requests.ts";

const states = { APPROVE: "APPROVED", REQUEST_CHANGES: "CHANGES_REQUESTED", COMMENT: "COMMENTED" } as const;

function announceReview(world: World, issue: PullIssue, review: Review, sender: Account, action: string): void {
  // Webhooks write the state in lower case, REST in upper case.
  const shown = { ...presentReview(world, issue, review), state: review.state.toLowerCase() };
  const payload = { review: shown, pull_request: presentPull(world, issue) };
  announce(world, { event: "pull_request_review", action, repository: issue.repository, sender, payload });
}

/** Submits a review; nobody may approve or refuse their own pull request. */
export function submitReview(
  world: World,
  issue: PullIssue,
  author: Account,
  event: keyof typeof states,
  body: string,
  commit: string,
): Review {
  checkBody("PullRequestReview", body);
  const verb = event === "APPROVE" ? "approve" : "request changes on";
  const own = author === issue.author && event !== "COMMENT";
  refuseIf(own, 422, "Unprocessable Entity", [`Can not ${verb} your own pull request`]);
  const review = { id: world.state.id(), author, body, state: states[event], commit, submittedAt: world.state.now() };
  issue.pull.reviews.push(review);
  fulfilRequests(issue, author);
  announceReview(world, issue, review, author, "submitted");
  return review;
}

/** Throws GitHub's 403 for somebody whom the rules of the base branch don't let dismiss reviews. */
export function checkMayDismiss(world: World, issue: PullIssue, sender: Account): void {
  const rules = rulesFor(world.state, sender, issue.repository, issue.pull.base.ref);
  const isAdmin = world.state.roleOf(sender, issue.repository) === "admin";
  const shut = rules.some(({ reviews }) => reviews?.dismissers && !isAmong(reviews.dismissers, sender));
  refuseIf(shut && !isAdmin, 403, "You are not allowed to dismiss reviews of this branch.");
}

export function dismissReview(world: World, issue: PullIssue, review: Review, sender: Account): void {
  refuseIf(review.state !== "APPROVED" && review.state !== "CHANGES_REQUESTED", 422, "Unprocessable Entity", [
    "Can not dismiss a commented pull request review",
  ]);
  review.state = "DISMISSED";
  announceReview(world, issue, review, sender, "dismissed");
}
