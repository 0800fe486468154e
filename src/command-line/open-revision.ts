import { estimators } from "../../pipeline/models/registry.ts";
import { type Outcome, refused } from "../../pipeline/problem.ts";
import type { Snapshot } from "../facts/snapshot.ts";
import { unknownRevision } from "../git/local-change.ts";
import { readPolicy } from "../git/local-policy.ts";
import { type LocalRepository, openRepository } from "../git/repository.ts";
import type { ModelPolicy } from "../policy/policy.ts";
import { type PreparedRevision, prepareRevision } from "../prepare/prepare-revision.ts";
import { noExperiment } from "../prepare/try-policy.ts";
import { loadChecks } from "../verdict/discover-checks.ts";

/** Which revision of a repository on this machine a command is about. */
export interface RevisionChoice {
  repository: string;
  revision: string;
}

/** One revision and the models of the policy in it, or why there are none. */
export async function openRevision({
  repository,
  revision,
}: RevisionChoice): Promise<Outcome<{ snapshot: Snapshot; models: ModelPolicy[] }>> {
  const opened = await openSnapshot({ repository, revision });
  if (!opened.ok) return opened;
  const { snapshot } = opened.value;
  const policy = await readPolicy(snapshot, revision, await loadChecks());
  return policy.ok ? { ok: true, value: { snapshot, models: policy.value.models }, notes: [] } : policy;
}

/** One revision of a repository, or why there is none. */
export async function openSnapshot({
  repository,
  revision,
}: RevisionChoice): Promise<Outcome<{ repository: LocalRepository; snapshot: Snapshot }>> {
  const opened = await openRepository(repository);
  if (!opened.ok) return opened;
  const commit = await opened.value.commit(revision);
  if (commit === null) return refused(unknownRevision("--revision", revision));
  return { ok: true, value: { repository: opened.value, snapshot: opened.value.snapshot(commit) }, notes: [] };
}

/** A model's experiment and where its data lies, or why it can't be run at this revision. */
export async function prepareModel(
  snapshot: Snapshot,
  model: ModelPolicy,
): Promise<Outcome<Extract<PreparedRevision, { state: "ready" }>>> {
  const prepared = await prepareRevision(snapshot, model.experiment, estimators);
  if (prepared.state === "ready") return { ok: true, value: prepared, notes: [] };
  return { ok: false, problems: prepared.state === "absent" ? [noExperiment(model)] : prepared.problems };
}
