import { HttpError, invalid } from "../errors.ts";
import { checkText } from "../field-rules.ts";
import { fetchCommit, isAncestor, mergeBase, resolveCommit } from "../git/repository.ts";
import type { Account, Issue, Pull, PullIssue, Repository } from "../model.ts";
import { pullsOf, type World } from "../state.ts";
import { announcePull } from "./announce-pull.ts";
import { checkBody, editText, newIssue, type TextEdit } from "./issues.ts";
import { requestOwners } from "./review-requests.ts";

export interface NewPull {
  readonly title: string;
  readonly body: string | null;
  readonly base: string;
  readonly headRepository: Repository;
  readonly headRef: string;
  readonly draft: boolean;
}

/** Opens a pull request; throws GitHub's 422 when a side is missing, equal, or already has one. */
export async function openPull(
  world: World,
  repository: Repository,
  author: Account,
  wanted: NewPull,
): Promise<PullIssue> {
  checkText("Issue title", wanted.title);
  checkBody("PullRequest", wanted.body);
  const { headRepository, headRef } = wanted;
  const base = await resolveCommit(repository.directory, `refs/heads/${wanted.base}`);
  if (!base) throw invalid("PullRequest", "base");
  const head = await resolveCommit(headRepository.directory, `refs/heads/${headRef}`);
  if (!head) throw invalid("PullRequest", "head");
  const twin = pullsOf(repository).find(
    ({ state, pull }) =>
      state === "open" &&
      pull.head.repository === headRepository &&
      pull.head.ref === headRef &&
      pull.base.ref === wanted.base,
  );
  if (twin) {
    throw refused(`A pull request already exists for ${headRepository.owner.login}:${headRef}.`);
  }
  const pull: Pull = {
    id: world.state.id(),
    base: { ref: wanted.base, sha: base },
    head: { repository: headRepository, owner: headRepository.owner, ref: headRef, sha: head },
    lastPusher: author,
    draft: wanted.draft,
    mergedAt: null,
    mergedBy: null,
    mergeCommit: null,
    tested: null,
    testMerge: null,
    reviews: [],
    requestedReviewers: [],
    requestedTeams: [],
    linked: new Set(),
  };
  const number = repository.nextNumber;
  await fetchCommit(repository.directory, headRepository.directory, head, `refs/pull/${number}/head`);
  await checkHistory(repository, wanted.base, base, headRef, head);
  const issue = newIssue(world, repository, author, wanted.title, wanted.body, pull) as Issue as PullIssue;
  await announcePull(world, issue, author, "opened");
  await requestOwners(world, issue);
  return issue;
}

function refused(message: string): HttpError {
  return new HttpError(422, "Validation Failed", [{ resource: "PullRequest", code: "custom", message }]);
}

/** Throws GitHub's 422 when the head shares no history with the base or adds nothing to it. */
async function checkHistory(repository: Repository, baseRef: string, base: string, headRef: string, head: string) {
  const { directory } = repository;
  if (!(await mergeBase(directory, base, head))) {
    throw refused(`The ${headRef} branch has no history in common with ${baseRef}`);
  }
  if (await isAncestor(directory, head, base)) throw refused(`No commits between ${baseRef} and ${headRef}`);
}

/** Edits text or retargets; one `edited` event says what it was before. */
export async function editPull(
  world: World,
  issue: PullIssue,
  sender: Account,
  edit: TextEdit & { base?: string },
): Promise<void> {
  const changes: Record<string, unknown> = {};
  if (edit.base !== undefined && edit.base !== issue.pull.base.ref) {
    const sha = await resolveCommit(issue.repository.directory, `refs/heads/${edit.base}`);
    if (!sha) throw invalid("PullRequest", "base");
    changes.base = { ref: { from: issue.pull.base.ref }, sha: { from: issue.pull.base.sha } };
    issue.pull.base = { ref: edit.base, sha };
  }
  Object.assign(changes, editText(issue, "PullRequest", edit));
  if (Object.keys(changes).length === 0) return;
  issue.updatedAt = world.state.now();
  await announcePull(world, issue, sender, "edited", { changes });
}

/** Closes without merging. */
export async function closePull(world: World, issue: PullIssue, sender: Account): Promise<void> {
  if (issue.state === "closed") return;
  const now = world.state.now();
  Object.assign(issue, { state: "closed", closedAt: now, closedBy: sender, updatedAt: now });
  await announcePull(world, issue, sender, "closed");
}

/** Closes or reopens as a request asks for; without a wish nothing happens. */
export async function setPullState(world: World, issue: PullIssue, sender: Account, state?: Issue["state"]) {
  if (state === "closed") await closePull(world, issue, sender);
  if (state === "open") await reopenPull(world, issue, sender);
}

async function reopenPull(world: World, issue: PullIssue, sender: Account): Promise<void> {
  if (issue.state === "open") return;
  const { head } = issue.pull;
  const sha = head.repository && (await resolveCommit(head.repository.directory, `refs/heads/${head.ref}`));
  if (issue.pull.mergedAt || !sha || !head.repository)
    throw invalid("PullRequest", "state", "state cannot be changed.");
  const { directory } = issue.repository;
  await fetchCommit(directory, head.repository.directory, sha, `refs/pull/${issue.number}/head`);
  head.sha = sha;
  issue.pull.base.sha = (await resolveCommit(directory, `refs/heads/${issue.pull.base.ref}`)) ?? issue.pull.base.sha;
  Object.assign(issue, { state: "open", closedAt: null, closedBy: null, updatedAt: world.state.now() });
  await announcePull(world, issue, sender, "reopened");
}

/** Marks as merged; the caller moves the base branch and announces it. */
export function markMerged(world: World, issue: PullIssue, sender: Account, commit: string): void {
  const now = world.state.now();
  Object.assign(issue, { state: "closed", closedAt: now, closedBy: sender, updatedAt: now });
  Object.assign(issue.pull, { mergedAt: now, mergedBy: sender, mergeCommit: commit });
}

export async function setDraft(world: World, issue: PullIssue, sender: Account, draft: boolean): Promise<void> {
  if (issue.pull.draft === draft) return;
  issue.pull.draft = draft;
  issue.updatedAt = world.state.now();
  await announcePull(world, issue, sender, draft ? "converted_to_draft" : "ready_for_review");
  await requestOwners(world, issue);
}
