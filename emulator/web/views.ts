import { requiredChecks, ruleProblems, rulesOn } from "../actions/branch-rules.ts";
import { closingIssues } from "../actions/closing-issues.ts";
import { mergeableState } from "../actions/mergeability.ts";
import { pullCommits, pullFiles } from "../actions/pull-changes.ts";
import { testMerge } from "../actions/test-merge.ts";
import type { CheckRun, Comment, Issue, PullIssue, Repository } from "../model.ts";
import { latestRuns } from "../present/checks.ts";
import { fullName, isPull, type World } from "../state.ts";
import { renderMarkdown } from "./markdown.ts";

function loginOf(author: { login: string } | null): string {
  return author?.login ?? "ghost";
}

function stateOf(issue: Issue): string {
  if (issue.pull?.mergedAt) return "merged";
  if (issue.state === "closed") return "closed";
  return issue.pull?.draft ? "draft" : "open";
}

const days = new Intl.DateTimeFormat("en-US", {
  dateStyle: "medium",
  timeStyle: "short",
  timeZone: "UTC",
  hourCycle: "h23",
});

/** A time as people read it, and as machines do. */
function viewDate(iso: string): { iso: string; text: string } {
  return { iso, text: `${days.format(new Date(iso))} UTC` };
}

function viewLine(issue: Issue) {
  return {
    number: issue.number,
    title: issue.title,
    state: stateOf(issue),
    author: loginOf(issue.author),
    labels: issue.labels.map(({ name }) => name),
    href: `/${fullName(issue.repository)}/${issue.pull ? "pull" : "issues"}/${issue.number}`,
  };
}

export function viewHome(world: World) {
  const repositories = [...world.state.repositories.values()].map((repository) => ({
    name: fullName(repository),
    visibility: repository.private ? "private" : "public",
    open: [...repository.issues.values()].filter((issue) => issue.state === "open").length,
  }));
  return { repositories };
}

export function viewRepository(world: World, repository: Repository) {
  const issues = [...repository.issues.values()].reverse();
  return {
    name: fullName(repository),
    cloneUrl: `${world.url}/${fullName(repository)}.git`,
    branch: repository.defaultBranch,
    pulls: issues.filter(isPull).map((issue) => ({ ...viewLine(issue), outcome: worstOutcome(issue) })),
    issues: issues.filter((issue) => !isPull(issue)).map(viewLine),
  };
}

function viewComment(comment: Comment) {
  return {
    id: comment.id,
    author: loginOf(comment.author),
    bot: comment.app !== null,
    date: viewDate(comment.updatedAt),
    body: renderMarkdown(comment.body),
  };
}

function viewDiscussion(issue: Issue) {
  const body = issue.body?.trim() ? issue.body : "_No description provided._";
  return {
    ...viewLine(issue),
    repository: fullName(issue.repository),
    date: viewDate(issue.createdAt),
    body: renderMarkdown(body),
    comments: issue.comments.map(viewComment),
  };
}

export function viewIssue(world: World, issue: Issue) {
  const pulls = world.state.allPulls().filter((pull) => closingIssues(world, pull).includes(issue));
  return { ...viewDiscussion(issue), pulls: pulls.map(viewLine) };
}

const passing = new Set(["success", "neutral", "skipped"]);

function outcomeOf(run: CheckRun): { outcome: string; word: string } {
  if (run.status !== "completed") return { outcome: "pending", word: run.status.replace("_", " ") };
  const word = (run.conclusion ?? "").replace("_", " ");
  return { outcome: passing.has(run.conclusion ?? "") ? "passed" : "failed", word };
}

function viewChecks(issue: PullIssue) {
  const { repository, pull } = issue;
  const required = requiredChecks(rulesOn(repository, pull.base.ref));
  const isRequired = (run: CheckRun) =>
    required.some(({ context, appId }) => context === run.name && (appId === null || appId === run.app.id));
  const runs = latestRuns(repository.runs.filter((run) => run.headSha === pull.head.sha)).map((run) => ({
    ...outcomeOf(run),
    name: run.name,
    app: run.app.name,
    title: run.output.title ?? "",
    required: isRequired(run),
    href: `/${fullName(repository)}/runs/${run.id}`,
  }));
  const missing = required
    .filter(({ context }) => !runs.some((run) => run.name === context && run.required))
    .map(({ context }) => ({
      outcome: "pending",
      word: "expected, waiting for status to be reported",
      name: context,
      app: "",
      title: "",
      required: true,
      href: "",
    }));
  return [...runs, ...missing];
}

/** The outcome that a list shows for a pull request; empty without checks. */
function worstOutcome(issue: PullIssue): string {
  const outcomes = viewChecks(issue).map(({ outcome }) => outcome);
  return ["failed", "pending", "passed"].find((outcome) => outcomes.includes(outcome)) ?? "";
}

async function viewMergeBox(world: World, issue: PullIssue) {
  const mergeable = await testMerge(world, issue);
  const state = await mergeableState(world.state, issue, mergeable);
  const rules = rulesOn(issue.repository, issue.pull.base.ref);
  const conflict = `This branch has conflicts with ${issue.pull.base.ref} that must be resolved.`;
  const open = [...(mergeable === false ? [conflict] : []), ...(await ruleProblems(world.state, issue, rules))];
  const problems = issue.state === "open" ? open : [];
  const words: Record<string, string> = {
    blocked: "Merging is blocked",
    behind: "Merging is blocked: this branch is out of date with the base branch",
    dirty: "Merging is blocked",
    draft: "This pull request is still a work in progress",
    unstable: "Ready to merge, but some checks did not pass",
    clean: "Ready to merge",
  };
  const closed = stateOf(issue) === "merged" ? "Merged" : "Closed";
  const text = issue.state === "open" ? (words[state] ?? "Merging cannot be decided") : closed;
  return { state: issue.state === "open" ? state : stateOf(issue), text, problems };
}

export async function viewPull(world: World, issue: PullIssue) {
  const [mergeBox, files, commits] = await Promise.all([
    viewMergeBox(world, issue),
    pullFiles(issue),
    pullCommits(issue),
  ]);
  return {
    ...viewDiscussion(issue),
    base: issue.pull.base.ref,
    head: `${loginOf(issue.pull.head.owner)}:${issue.pull.head.ref}`,
    headSha: issue.pull.head.sha.slice(0, 7),
    actor: loginOf(issue.pull.mergedBy ?? issue.author),
    deed: issue.pull.mergedAt ? "merged" : "wants to merge",
    commits: commits.length === 1 ? "1 commit" : `${commits.length} commits`,
    files: files.map(({ path, status, additions, deletions, patch }) => ({
      ...{ path, status, additions, deletions },
      patch: patch ?? "",
    })),
    reviews: issue.pull.reviews.map((review) => ({
      author: loginOf(review.author),
      state: review.state.toLowerCase().replace("_", " "),
      body: renderMarkdown(review.body),
    })),
    checks: viewChecks(issue),
    mergeBox,
    issues: closingIssues(world, issue).map(viewLine),
  };
}

export function viewRun(repository: Repository, run: CheckRun) {
  return {
    ...outcomeOf(run),
    repository: fullName(repository),
    name: run.name,
    app: run.app.name,
    sha: run.headSha.slice(0, 7),
    title: run.output.title ?? run.name,
    summary: renderMarkdown(run.output.summary ?? ""),
    text: renderMarkdown(run.output.text ?? ""),
    actions: run.actions.map(({ label, description }) => ({ label, description })),
    annotations: run.annotations.map((one) => ({
      place: `${one.path}:${one.start_line}`,
      level: one.annotation_level,
      title: one.title ?? "",
      message: one.message,
    })),
  };
}
