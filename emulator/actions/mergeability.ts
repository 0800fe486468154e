import { countApart } from "../git/commits.ts";
import { countLines } from "../git/diff.ts";
import { resolveCommit } from "../git/repository.ts";
import type { PullIssue } from "../model.ts";
import { latestRuns } from "../present/checks.ts";
import type { PullDetails } from "../present/pull.ts";
import type { State } from "../state.ts";
import { isStrict, passes, ruleProblems, rulesOn } from "./branch-rules.ts";
import { pullCommits, pullFiles } from "./pull-changes.ts";

/** Whether the required checks demand that the head contains the tip of the base, and it does not. */
export async function isBehind(issue: PullIssue, baseTip: string): Promise<boolean> {
  const { behind } = await countApart(issue.repository.directory, baseTip, issue.pull.head.sha);
  return behind > 0;
}

export async function mergeableState(state: State, issue: PullIssue, mergeable: boolean | null): Promise<string> {
  if (mergeable === null) return "unknown";
  if (!mergeable) return "dirty";
  if (issue.pull.draft) return "draft";
  const { repository, pull } = issue;
  const rules = rulesOn(repository, pull.base.ref);
  if ((await ruleProblems(state, issue, rules)).length > 0) return "blocked";
  const base = await resolveCommit(repository.directory, `refs/heads/${pull.base.ref}`);
  if (base && rules.some(isStrict) && (await isBehind(issue, base))) return "behind";
  const runs = latestRuns(repository.runs.filter((run) => run.headSha === pull.head.sha));
  const unstable = runs.some((run) => run.status !== "completed" || !passes(run));
  return unstable ? "unstable" : "clean";
}

/** @param mergeable what the one who is told may know by now */
export async function pullDetails(state: State, issue: PullIssue, mergeable: boolean | null): Promise<PullDetails> {
  const [files, commits] = await Promise.all([pullFiles(issue), pullCommits(issue)]);
  return {
    mergeable,
    mergeableState: await mergeableState(state, issue, mergeable),
    commits: commits.length,
    ...countLines(files),
    changedFiles: files.length,
  };
}
