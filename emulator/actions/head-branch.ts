import { refuseIf } from "../errors.ts";
import { resolveCommit, updateRef } from "../git/repository.ts";
import type { Account, PullIssue } from "../model.ts";
import { pullsOf, type World } from "../state.ts";
import { editPull } from "./pulls.ts";
import { afterRefChanges } from "./push.ts";

/**
 * Deletes the branch of a merged pull request, as its button and the setting of the repository do. Pull requests onto that
 * branch go to the branch it was merged into, which a deletion by REST or git does not do: they are closed by it.
 */
export async function deleteHeadBranch(world: World, issue: PullIssue, sender: Account): Promise<void> {
  const { repository, pull } = issue;
  refuseIf(!pull.mergedAt || pull.head.repository !== repository, 422, "The head branch cannot be deleted.");
  const branch = pull.head.ref;
  const ref = `refs/heads/${branch}`;
  const before = await resolveCommit(repository.directory, ref);
  if (!before || branch === repository.defaultBranch) return;
  const waiting = pullsOf(repository).filter((one) => one.state === "open" && one.pull.base.ref === branch);
  for (const one of waiting) await editPull(world, one, sender, { base: pull.base.ref });
  await updateRef(repository.directory, ref, undefined);
  await afterRefChanges(world, repository, sender, [{ ref, before, after: undefined }]);
}
