import { estimators } from "../../pipeline/models/registry.ts";
import type { Outcome } from "../../pipeline/problem.ts";
import type { Snapshot } from "../facts/snapshot.ts";
import { unknownRevision } from "../git/local-change.ts";
import { readPolicy } from "../git/local-policy.ts";
import { openRepository } from "../git/repository.ts";
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
  const opened = await openRepository(repository);
  if (!opened.ok) return opened;
  const commit = await opened.value.commit(revision);
  if (commit === null) return { ok: false, problems: [unknownRevision("--revision", revision)] };
  const snapshot = opened.value.snapshot(commit);
  const policy = await readPolicy(snapshot, revision, await loadChecks());
  return policy.ok ? { ok: true, value: { snapshot, models: policy.value.models }, notes: [] } : policy;
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
