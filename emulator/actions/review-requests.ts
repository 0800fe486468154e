import type { Account, PullIssue, Team } from "../model.ts";
import { presentAccount } from "../present/account.ts";
import { presentTeam } from "../present/team.ts";
import type { World } from "../state.ts";
import { membersOf } from "../team-members.ts";
import { announcePull } from "./announce-pull.ts";
import { ownersOfPull } from "./code-owners.ts";

/** A person or a team, asked for a review. */
export type Reviewer = Account | Team;

const isTeam = (reviewer: Reviewer): reviewer is Team => "slug" in reviewer;

function present(world: World, reviewer: Reviewer): Record<string, unknown> {
  if (isTeam(reviewer)) return { requested_team: presentTeam(world, reviewer) };
  return { requested_reviewer: presentAccount(world, reviewer) };
}

function listOf({ pull }: PullIssue, reviewer: Reviewer): Reviewer[] {
  return isTeam(reviewer) ? pull.requestedTeams : pull.requestedReviewers;
}

/** Asks for a review; whoever is asked already is not asked again. */
export async function requestReview(world: World, issue: PullIssue, sender: Account, reviewer: Reviewer) {
  const asked = listOf(issue, reviewer);
  if (asked.includes(reviewer)) return;
  asked.push(reviewer);
  await announcePull(world, issue, sender, "review_requested", present(world, reviewer));
}

/** Asks the owners of what a pull request changes, once; of a draft nobody is asked yet. */
export async function requestOwners(world: World, issue: PullIssue): Promise<void> {
  if (issue.pull.draft || issue.state !== "open" || !issue.author) return;
  const reviewed = new Set(issue.pull.reviews.map(({ author }) => author));
  for (const owner of new Set((await ownersOfPull(world.state, issue)).flat())) {
    const done = isTeam(owner) ? [...reviewed].some((one) => one && membersOf(owner).has(one.id)) : reviewed.has(owner);
    if (owner !== issue.author && !done) await requestReview(world, issue, issue.author, owner);
  }
}

/** Takes a request for a review back. */
export async function withdrawReview(world: World, issue: PullIssue, sender: Account, reviewer: Reviewer) {
  if (!fulfil(issue, reviewer)) return;
  await announcePull(world, issue, sender, "review_request_removed", present(world, reviewer));
}

/** Ends the requests that a review of this person answers: their own, and those of their teams. Nobody is told. */
export function fulfilRequests(issue: PullIssue, author: Account): void {
  const teams = issue.pull.requestedTeams.filter((team) => membersOf(team).has(author.id));
  for (const reviewer of [author, ...teams]) fulfil(issue, reviewer);
}

function fulfil(issue: PullIssue, reviewer: Reviewer): boolean {
  const asked = listOf(issue, reviewer);
  const at = asked.indexOf(reviewer);
  if (at !== -1) asked.splice(at, 1);
  return at !== -1;
}
