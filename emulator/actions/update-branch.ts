import { HttpError } from "../errors.ts";
import { mergeCommits } from "../git/merge.ts";
import { fetchCommit, resolveCommit } from "../git/repository.ts";
import type { Account, PullIssue } from "../model.ts";
import { emailOf } from "../present/commit.ts";
import type { World } from "../state.ts";
import { afterRefChanges } from "./push.ts";

/** Merges the base's tip into the head branch, as the button "Update branch" does; throws GitHub's 422 on conflict. */
export function updateBranch(world: World, issue: PullIssue, sender: Account, expectedHead?: string): Promise<void> {
  const { base, head } = issue.pull;
  const source = head.repository;
  if (!source || issue.state !== "open") throw new HttpError(422, "The head branch cannot be updated.");
  return source.lock.run(async () => {
    if (expectedHead !== undefined && expectedHead !== head.sha) {
      throw new HttpError(422, "expected head sha didn’t match current head ref.");
    }
    const { directory } = issue.repository;
    const tip = await resolveCommit(directory, `refs/heads/${base.ref}`);
    const merged =
      tip &&
      (await mergeCommits(directory, {
        base: head.sha,
        head: tip,
        method: "merge",
        message: `Merge branch '${base.ref}' into ${head.ref}`,
        person: { name: sender.name, email: emailOf(sender.login) },
      }));
    if (!merged) throw new HttpError(422, "merge conflict between base and head");
    const ref = `refs/heads/${head.ref}`;
    const before = head.sha;
    await fetchCommit(source.directory, directory, merged, ref);
    await afterRefChanges(world, source, sender, [{ ref, before, after: merged }]);
  });
}
