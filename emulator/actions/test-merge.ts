import { writeCommit } from "../git/commits.ts";
import { mergeTrees } from "../git/merge.ts";
import { resolveCommit, updateRef } from "../git/repository.ts";
import type { PullIssue, TestedMerge } from "../model.ts";
import type { World } from "../state.ts";

/** What is known by now of whether git can merge the head into the tip of the base; null when nothing is. */
export async function knownMergeable(issue: PullIssue): Promise<boolean | null> {
  return (await present(issue))?.mergeable ?? null;
}

/**
 * What GitHub answers to somebody who asks whether a pull request can be merged: null at first, and for each new head or
 * tip of the base; asking makes it try, and who asks again is told. Null also once closed, or when the base is gone.
 */
export async function askMergeable(world: World, issue: PullIssue): Promise<boolean | null> {
  const known = await present(issue);
  if (known) return known.work;
  await startTest(world, issue);
  return null;
}

/** Whether git can merge, for those who wait until it is known. */
export async function testMerge(world: World, issue: PullIssue): Promise<boolean | null> {
  return ((await present(issue)) ?? (await startTest(world, issue)))?.work ?? null;
}

/** The test of just these two commits, whether or not it has ended. */
async function present(issue: PullIssue): Promise<TestedMerge | undefined> {
  const { tested, head } = issue.pull;
  const current = issue.state === "open" && tested?.head === head.sha && tested.base === (await tipOf(issue));
  return current ? tested : undefined;
}

function tipOf({ repository, pull }: PullIssue): Promise<string | undefined> {
  return resolveCommit(repository.directory, `refs/heads/${pull.base.ref}`);
}

async function startTest(world: World, issue: PullIssue): Promise<TestedMerge | undefined> {
  const base = await tipOf(issue);
  if (!base || issue.state !== "open") return undefined;
  const tested: TestedMerge = { base, head: issue.pull.head.sha, mergeable: null, work: Promise.resolve(false) };
  tested.work = merge(issue, tested);
  issue.pull.tested = tested;
  world.state.work.add(tested.work);
  const forget = () => world.state.work.delete(tested.work);
  tested.work.then(forget, forget);
  return tested;
}

/** Merges for a try. What comes of it stands at `refs/pull/N/merge`; after a conflict the last one that went well stays. */
async function merge(issue: PullIssue, tested: TestedMerge): Promise<boolean> {
  const { directory } = issue.repository;
  const { base, head } = tested;
  const tree = await mergeTrees(directory, base, head);
  if (tree !== undefined) {
    const author = { name: "GitHub", email: "noreply@github.com" };
    const message = `Merge ${head} into ${base}`;
    const sha = await writeCommit(directory, { tree, parents: [base, head], message, author });
    // Another push may have come meanwhile; its test writes its own.
    if (issue.pull.tested === tested) {
      await updateRef(directory, `refs/pull/${issue.number}/merge`, sha);
      issue.pull.testMerge = sha;
    }
  }
  tested.mergeable = tree !== undefined;
  return tested.mergeable;
}
