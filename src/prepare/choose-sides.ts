import type { Experiment } from "../../pipeline/experiment/experiment.ts";
import type { EstimatorOptions } from "../../pipeline/experiment/parse-experiment.ts";
import type { MovedBase } from "../facts/moved-base.ts";
import type { Snapshot } from "../facts/snapshot.ts";
import type { ModelPolicy } from "../policy/policy.ts";
import { findReference } from "./drift-reference.ts";
import { findData } from "./find-data.ts";
import { mergeProblem } from "./merge-problem.ts";
import { type PreparedRevision, prepareRevision } from "./prepare-revision.ts";

/** The two revisions of a model that are compared, and what lies in them. */
export interface Sides {
  base: Snapshot;
  head: Snapshot;
  prepared: [base: PreparedRevision, head: PreparedRevision];
}

/**
 * What is compared with what. The head with where the branch left its base, so that no change of the base is blamed on it; but
 * where the base has changed since then in something that this model reads, what a merge would give with the tip of the
 * base: neither side alone is what comes of it.
 */
export async function chooseSides(
  model: Pick<ModelPolicy, "experiment" | "drift">,
  { base, head, movedBase }: { base: Snapshot; head: Snapshot; movedBase: MovedBase | null },
  estimators: EstimatorOptions,
): Promise<Sides> {
  const prepare = (snapshot: Snapshot) => prepareRevision(snapshot, model.experiment, estimators);
  const prepared = await Promise.all([prepare(base), prepare(head)]);
  const experiments = prepared.flatMap((side) => ("experiment" in side ? (side.experiment ?? []) : []));
  const reads = (snapshot: Snapshot) => whatIsRead(snapshot, model, experiments);
  if (movedBase === null || (await reads(base)) === (await reads(movedBase.tip))) return { base, head, prepared };

  const tip = await prepare(movedBase.tip);
  const merged = await movedBase.merge();
  if (merged.state === "merged") {
    return { base: movedBase.tip, head: merged.snapshot, prepared: [tip, await prepare(merged.snapshot)] };
  }
  const problems = [mergeProblem(merged, movedBase.ref, model.experiment)];
  return { base: movedBase.tip, head, prepared: [tip, { state: "problems", commit: head.commit, problems }] };
}

/**
 * What a revision holds of all that a model reads: its experiment, the data and labels that one of the experiments names, the
 * reference of its drift. Two texts are equal when that is the same.
 */
async function whatIsRead(
  snapshot: Snapshot,
  model: Pick<ModelPolicy, "experiment" | "drift">,
  experiments: readonly Experiment[],
): Promise<string> {
  const file = await snapshot.entry(model.experiment);
  const data = await Promise.all(experiments.map((experiment) => findData(snapshot, experiment, model.experiment)));
  return JSON.stringify([file?.kind, file?.sha, data, await findReference(model, snapshot)]);
}
