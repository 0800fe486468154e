import { type CommitChanges, readChanges } from "../git/commit-changes.ts";
import { fetchCommit, isAncestor, resolveCommit } from "../git/repository.ts";
import type { Account, PullIssue, Repository } from "../model.ts";
import { emailOf, presentSimpleCommit } from "../present/commit.ts";
import { htmlUrl } from "../present/repository.ts";
import { pullsOf, type World } from "../state.ts";
import { announce } from "../webhooks/announce.ts";
import { announcePull } from "./announce-pull.ts";
import { rulesOn } from "./branch-rules.ts";
import { requestSuites } from "./checks.ts";
import { closeAll, closeNamedByCommits, closingIssues } from "./closing-issues.ts";
import { closePull, markMerged } from "./pulls.ts";
import { requestOwners } from "./review-requests.ts";
import { dismissReview } from "./reviews.ts";

export interface RefChange {
  readonly ref: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

const zero = "0".repeat(40);

/** Everything that follows from refs that moved: push events, pull requests that gain commits, close or merge. */
export async function afterRefChanges(
  world: World,
  repository: Repository,
  sender: Account,
  changes: readonly RefChange[],
): Promise<void> {
  repository.pushedAt = world.state.now();
  // GitHub sends nothing about a push that creates more than three tags.
  const tags = changes.filter((change) => change.ref.startsWith("refs/tags/"));
  for (const change of changes) {
    if (tags.length > 3 && tags.includes(change)) continue;
    await announcePush(world, repository, sender, change);
    const branch = change.ref.replace(/^refs\/heads\//, "");
    if (branch === change.ref) continue;
    if (change.after) await requestSuites(world, repository, sender, branch, change.after);
    await updateHeads(world, repository, sender, branch, change);
    await updateBases(world, repository, sender, branch, change);
    if (change.after && branch === repository.defaultBranch) {
      await closeNamedByCommits(world, repository, sender, await rangeOf(repository, change.before, change.after));
    }
  }
}

async function updateHeads(world: World, repository: Repository, sender: Account, branch: string, change: RefChange) {
  for (const issue of world.state.openPullsFrom(repository, branch)) {
    if (!change.after) {
      await closePull(world, issue, sender);
      continue;
    }
    const before = issue.pull.head.sha;
    const { directory } = issue.repository;
    await fetchCommit(directory, repository.directory, change.after, `refs/pull/${issue.number}/head`);
    issue.pull.head.sha = change.after;
    issue.pull.base.sha = (await resolveCommit(directory, `refs/heads/${issue.pull.base.ref}`)) ?? issue.pull.base.sha;
    issue.updatedAt = world.state.now();
    issue.pull.lastPusher = sender;
    await announcePull(world, issue, sender, "synchronize", { before, after: change.after });
    dismissStaleReviews(world, issue, sender);
    await requestOwners(world, issue);
  }
}

function dismissStaleReviews(world: World, issue: PullIssue, sender: Account): void {
  const rules = rulesOn(issue.repository, issue.pull.base.ref);
  if (!rules.some(({ reviews }) => reviews?.dismissStale)) return;
  for (const review of issue.pull.reviews) {
    if (review.state === "APPROVED") dismissReview(world, issue, review, sender);
  }
}

async function updateBases(world: World, repository: Repository, sender: Account, branch: string, change: RefChange) {
  const pulls = pullsOf(repository).filter(({ state, pull }) => state === "open" && pull.base.ref === branch);
  for (const issue of pulls) {
    if (!change.after) await closePull(world, issue, sender);
    else if (await isAncestor(repository.directory, issue.pull.head.sha, change.after)) {
      const closing = closingIssues(world, issue);
      markMerged(world, issue, sender, change.after);
      await announcePull(world, issue, sender, "closed");
      closeAll(world, repository, sender, closing);
    }
  }
}

async function announcePush(world: World, repository: Repository, sender: Account, change: RefChange): Promise<void> {
  const { ref, before, after } = change;
  const commits = after ? await pushedCommits(world, repository, before, after) : [];
  const [newest] = after ? await readChanges(repository.directory, ["--max-count=1", after]) : [];
  const head = newest ? presentChange(world, repository, newest) : null;
  const forced = Boolean(before && after && !(await isAncestor(repository.directory, before, after)));
  const shown = `${(before ?? zero).slice(0, 12)}...${(after ?? zero).slice(0, 12)}`;
  announce(world, {
    event: "push",
    repository,
    sender,
    payload: {
      ref,
      before: before ?? zero,
      after: after ?? zero,
      base_ref: null,
      created: !before,
      deleted: !after,
      forced,
      compare: `${htmlUrl(world, repository)}/compare/${shown}`,
      commits,
      head_commit: head,
      pusher: { name: sender.login, email: emailOf(sender.login) },
    },
  });
  if (before && after) return;
  const kind = ref.startsWith("refs/tags/") ? "tag" : "branch";
  const name = ref.replace(/^refs\/(heads|tags)\//, "");
  const creation = { master_branch: repository.defaultBranch, description: repository.description };
  announce(world, {
    event: before ? "delete" : "create",
    repository,
    sender,
    payload: { ref: name, ref_type: kind, pusher_type: "user", ...(before ? {} : creation) },
  });
}

/** What a push brought, for `git log`: of a new branch, what the default branch does not have. */
async function rangeOf(repository: Repository, before: string | undefined, after: string): Promise<string[]> {
  const { directory, defaultBranch } = repository;
  const main = await resolveCommit(directory, `refs/heads/${defaultBranch}`);
  const since = before ?? (main === after ? undefined : main);
  return since ? [`${since}..${after}`] : [after];
}

/** GitHub lists no more commits of a push. */
const mostCommits = 2048;

async function pushedCommits(world: World, repository: Repository, before: string | undefined, after: string) {
  const range = await rangeOf(repository, before, after);
  const commits = await readChanges(repository.directory, [`--max-count=${mostCommits}`, ...range]);
  return commits.reverse().map((change) => presentChange(world, repository, change));
}

function presentChange(world: World, repository: Repository, { commit, ...paths }: CommitChanges) {
  const url = `${htmlUrl(world, repository)}/commit/${commit.sha}`;
  return { ...presentSimpleCommit(commit), distinct: true, url, ...paths };
}
