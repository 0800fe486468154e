import { readCommits } from "../git/commits.ts";
import { diffFiles, type FileChange } from "../git/diff.ts";
import { remember } from "../git/memory.ts";
import { mergeBase } from "../git/repository.ts";
import type { PullIssue } from "../model.ts";

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
