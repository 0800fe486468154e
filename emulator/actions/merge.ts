import { found, HttpError, refuseIf } from "../errors.ts";
import { mergeCommits } from "../git/merge.ts";
import { fetchCommit, isAncestor, resolveCommit, updateRef } from "../git/repository.ts";
import type { Account, MergeMethod, PullIssue } from "../model.ts";
import { signatureOf } from "../present/commit.ts";
import type { World } from "../state.ts";
import { announcePull } from "./announce-pull.ts";
import { isAmong, isStrict, ruleProblems, rulesFor } from "./branch-rules.ts";
import { closeAll, closingIssues } from "./closing-issues.ts";
import { deleteHeadBranch } from "./head-branch.ts";
import { type MergeWords, mergeMessage } from "./merge-message.ts";
import { isBehind } from "./mergeability.ts";
import { markMerged } from "./pulls.ts";
import { afterRefChanges } from "./push.ts";

export interface MergeOptions extends MergeWords {
  /** The head the person looked at; a newer one refuses the merge. */
  readonly sha?: string | undefined;
}

const notMergeable = "Pull Request is not mergeable";

/** Merges a pull request as the merge button does, or throws GitHub's 405 or 409. Returns the merge commit. */
export function mergePull(world: World, issue: PullIssue, sender: Account, options: MergeOptions): Promise<string> {
  return issue.repository.lock.run(() => merge(world, issue, sender, options));
}

async function merge(world: World, issue: PullIssue, sender: Account, options: MergeOptions): Promise<string> {
  const { repository, pull } = issue;
  refuseIf(issue.state !== "open", 405, notMergeable);
  refuseIf(pull.draft, 405, "Pull Request is still a draft");
  refuseIf(
    options.sha && options.sha !== pull.head.sha,
    409,
    "Head branch was modified. Review and try the merge again.",
  );
  const ref = `refs/heads/${pull.base.ref}`;
  const base = found(await resolveCommit(repository.directory, ref), 405, notMergeable);
  await checkRules(world, issue, sender, base, options.method);
  const merged = await mergeCommits(repository.directory, {
    base,
    head: pull.head.sha,
    method: options.method,
    message: await mergeMessage(issue, options),
    person: signatureOf(sender),
    // A squashed commit is by whoever opened the pull request; the one who merges only commits it.
    author: signatureOf((options.method === "squash" && issue.author) || sender),
  });
  const commit = found(merged, 405, notMergeable);
  await updateRef(repository.directory, ref, commit);
  const closing = closingIssues(world, issue);
  markMerged(world, issue, sender, commit);
  await announcePull(world, issue, sender, "closed");
  await afterRefChanges(world, repository, sender, [{ ref, before: base, after: commit }]);
  closeAll(world, repository, sender, closing);
  const own = pull.head.repository === repository;
  if (repository.deleteBranchOnMerge && own) await deleteHeadBranch(world, issue, sender);
  return commit;
}

/** Throws GitHub's 405 when a rule of the base branch binds whoever merges and does not hold. */
async function checkRules(world: World, issue: PullIssue, sender: Account, base: string, method: MergeMethod) {
  const { repository, pull } = issue;
  refuseIf(!repository.mergeMethods.includes(method), 405, notAllowed(method));
  const rules = rulesFor(world.state, sender, repository, pull.base.ref);
  if (rules.length === 0) return;
  const [problem] = await ruleProblems(world.state, issue, rules);
  if (problem) throw new HttpError(405, problem);
  const shut = rules.some(({ pushers }) => pushers && !isAmong(pushers, sender));
  refuseIf(shut, 405, "You're not authorized to push to this branch.");
  refuseIf(
    method === "merge" && rules.some(({ linear }) => linear),
    405,
    "This branch must not contain merge commits.",
  );
  refuseIf(
    rules.some(({ methods }) => methods && !methods.includes(method)),
    405,
    notAllowed(method),
  );
  refuseIf(
    rules.some(isStrict) && (await isBehind(issue, base)),
    405,
    "The head branch is out of date. Update it with the base branch and try again.",
  );
  refuseIf(await isAncestor(repository.directory, pull.head.sha, base), 405, notMergeable);
}

function notAllowed(method: MergeMethod): string {
  const names = { merge: "Merge commits", squash: "Squash merges", rebase: "Rebase merges" };
  return `${names[method]} are not allowed on this repository.`;
}

/** Merges the base's tip into the head branch, as the button "Update branch" does; throws GitHub's 422 on conflict. */
export function updateBranch(world: World, issue: PullIssue, sender: Account, expectedHead?: string): Promise<void> {
  const { base, head } = issue.pull;
  const source = found(issue.state === "open" && head.repository, 422, "The head branch cannot be updated.");
  return source.lock.run(async () => {
    refuseIf(
      expectedHead !== undefined && expectedHead !== head.sha,
      422,
      "expected head sha didn’t match current head ref.",
    );
    const { directory } = issue.repository;
    const tip = await resolveCommit(directory, `refs/heads/${base.ref}`);
    const merged =
      tip &&
      (await mergeCommits(directory, {
        base: head.sha,
        head: tip,
        method: "merge",
        message: `Merge branch '${base.ref}' into ${head.ref}`,
        person: signatureOf(sender),
      }));
    const after = found(merged, 422, "merge conflict between base and head");
    const ref = `refs/heads/${head.ref}`;
    await fetchCommit(source.directory, directory, after, ref);
    await afterRefChanges(world, source, sender, [{ ref, before: head.sha, after }]);
  });
}
