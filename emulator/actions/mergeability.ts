import { countApart, readCommits } from "../git/commits.ts";
import { countLines, diffFiles, type FileChange } from "../git/diff.ts";
import { remember } from "../git/memory.ts";
import { mergeTrees } from "../git/merge.ts";
import { mergeBase, resolveCommit } from "../git/repository.ts";
import type { Protection, PullIssue, Repository } from "../model.ts";
import { latestRuns } from "../present/checks.ts";
import type { PullDetails } from "../present/pull.ts";
import { atLeast, type State } from "../state.ts";

/** Why a protected branch refuses a merge, in GitHub's words; empty when nothing does. */
export function protectionProblems(state: State, issue: PullIssue, protection: Protection | undefined): string[] {
  if (!protection) return [];
  return [...checkProblems(issue, protection), ...reviewProblems(state, issue, protection)];
}

type CheckState = "expected" | "in progress" | "failing" | "passing";

/** GitHub counts these conclusions of a required check as passed. */
const passing = new Set(["success", "neutral", "skipped"]);

/** The state of one required check on a commit: the newest run or status of that name, of that App when one is named. */
export function requiredCheckState(
  repository: Repository,
  sha: string,
  required: { context: string; appId: number | null },
): CheckState {
  const runs = latestRuns(repository.runs.filter((run) => run.headSha === sha && run.name === required.context));
  const states: CheckState[] = runs
    .filter((run) => required.appId === null || run.app.id === required.appId)
    .map((run) => {
      if (run.status !== "completed") return "in progress";
      return passing.has(run.conclusion ?? "") ? "passing" : "failing";
    });
  const status = repository.statuses.findLast((one) => one.sha === sha && one.context === required.context);
  if (status && (required.appId === null || status.app?.id === required.appId)) {
    const names = { success: "passing", pending: "in progress", failure: "failing", error: "failing" } as const;
    states.push(names[status.state]);
  }
  const order: CheckState[] = ["failing", "in progress", "passing"];
  return order.find((name) => states.includes(name)) ?? "expected";
}

function checkProblems(issue: PullIssue, protection: Protection): string[] {
  const required = protection.checks ?? [];
  const states = required.map((check) => requiredCheckState(issue.repository, issue.pull.head.sha, check));
  const open = states.filter((state) => state !== "passing");
  if (open.length === 0) return [];
  if (open.length === 1) {
    const context = required[states.findIndex((state) => state !== "passing")]?.context;
    return [`Required status check "${context}" is ${open[0]}.`];
  }
  const parts = (["expected", "in progress", "failing"] as const)
    .map((name) => ({ name, count: open.filter((state) => state === name).length }))
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${count} ${name}`);
  return [`${open.length} of ${required.length} required status checks have not succeeded: ${parts.join(" and ")}.`];
}

/** The last opinion of each reviewer with write access. */
export function reviewDecision(
  state: State,
  issue: PullIssue,
  protection: Protection | undefined,
): "APPROVED" | "CHANGES_REQUESTED" | "REVIEW_REQUIRED" | null {
  const opinions = new Map<number, string>();
  for (const review of issue.pull.reviews) {
    const { author } = review;
    if (!author || author === issue.author || review.state === "COMMENTED" || review.state === "PENDING") continue;
    if (atLeast(state.roleOf(author, issue.repository), "write")) opinions.set(author.id, review.state);
  }
  const count = (name: string) => [...opinions.values()].filter((opinion) => opinion === name).length;
  if (!protection?.reviews) return null;
  if (count("CHANGES_REQUESTED") > 0) return "CHANGES_REQUESTED";
  return count("APPROVED") >= protection.reviews.count ? "APPROVED" : "REVIEW_REQUIRED";
}

function reviewProblems(state: State, issue: PullIssue, protection: Protection): string[] {
  const decision = reviewDecision(state, issue, protection);
  if (decision === null || decision === "APPROVED") return [];
  if (decision === "CHANGES_REQUESTED") return ["Changes have been requested."];
  const count = protection.reviews?.count ?? 1;
  const noun = count === 1 ? "review is" : "reviews are";
  return [`At least ${count} approving ${noun} required by reviewers with write access.`];
}

/** Whether the required checks demand that the head contains the tip of the base, and it does not. */
export async function isBehind(issue: PullIssue, baseTip: string): Promise<boolean> {
  const { behind } = await countApart(issue.repository.directory, baseTip, issue.pull.head.sha);
  return behind > 0;
}

/** Whether git can merge the head into the base's tip; null once closed or when the base is gone. */
export async function isMergeable(issue: PullIssue): Promise<boolean | null> {
  if (issue.state !== "open") return null;
  const { directory } = issue.repository;
  const base = await resolveCommit(directory, `refs/heads/${issue.pull.base.ref}`);
  if (!base) return null;
  return (await mergeTrees(directory, base, issue.pull.head.sha)) !== undefined;
}

export async function mergeableState(state: State, issue: PullIssue, mergeable: boolean | null): Promise<string> {
  if (mergeable === null) return "unknown";
  if (!mergeable) return "dirty";
  if (issue.pull.draft) return "draft";
  const { repository, pull } = issue;
  const protection = repository.protections.get(pull.base.ref);
  if (protectionProblems(state, issue, protection).length > 0) return "blocked";
  const base = await resolveCommit(repository.directory, `refs/heads/${pull.base.ref}`);
  if (protection?.checks && protection.strict && base && (await isBehind(issue, base))) return "behind";
  const runs = latestRuns(repository.runs.filter((run) => run.headSha === pull.head.sha));
  const unstable = runs.some((run) => run.status !== "completed" || !passing.has(run.conclusion ?? ""));
  return unstable ? "unstable" : "clean";
}

/** The commit from which the pull request's changes are counted. */
export async function changesSince(issue: PullIssue): Promise<string> {
  const { directory } = issue.repository;
  const { base, head } = issue.pull;
  return (await mergeBase(directory, base.sha, head.sha)) ?? base.sha;
}

/** The files a pull request changes. */
export async function pullFiles(issue: PullIssue): Promise<FileChange[]> {
  const { directory } = issue.repository;
  const head = issue.pull.head.sha;
  const since = await changesSince(issue);
  return remember(directory, `files ${since} ${head}`, () => diffFiles(directory, since, head));
}

/** The commits of a pull request, oldest first; GitHub lists at most 250. */
export async function pullCommits(issue: PullIssue) {
  const { base, head } = issue.pull;
  const { directory } = issue.repository;
  const range = `${base.sha}..${head.sha}`;
  const commits = await remember(directory, `commits ${range}`, () => readCommits(directory, ["--reverse", range]));
  return commits.slice(0, 250);
}

export async function pullDetails(state: State, issue: PullIssue): Promise<PullDetails> {
  const [mergeable, files, commits] = await Promise.all([isMergeable(issue), pullFiles(issue), pullCommits(issue)]);
  return {
    mergeable,
    mergeableState: await mergeableState(state, issue, mergeable),
    commits: commits.length,
    ...countLines(files),
    changedFiles: files.length,
  };
}
