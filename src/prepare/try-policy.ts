import { estimators } from "../../pipeline/models/registry.ts";
import type { Outcome, Problem } from "../../pipeline/problem.ts";
import type { Snapshot } from "../facts/snapshot.ts";
import { policyPath } from "../policy/parse-policy.ts";
import type { ModelPolicy, Policy } from "../policy/policy.ts";
import { metricsOfAnotherTask } from "./metrics-of-another-task.ts";
import { prepareRevision } from "./prepare-revision.ts";

/**
 * A policy that is proposed, tried on the revision that proposes it: itself, or why no review could run by it. Experiments that `judging`
 * names as well are run by the review itself, which says what is wrong with them; of these only the gates are looked at.
 */
export async function tryPolicy(
  proposed: Outcome<Policy>,
  head: Snapshot,
  judging: Policy | null,
): Promise<Outcome<Policy>> {
  if (!proposed.ok) return proposed;
  const run = new Set(judging?.models.map(({ experiment }) => experiment));
  const problems: Problem[] = [];
  for (const model of proposed.value.models) {
    const prepared = await prepareRevision(head, model.experiment, estimators);
    if (prepared.state === "ready") problems.push(...metricsOfAnotherTask(model, prepared.experiment));
    else if (!run.has(model.experiment)) {
      problems.push(...(prepared.state === "absent" ? [noExperiment(model)] : prepared.problems));
    }
  }
  return problems.length === 0 ? proposed : { ok: false, problems };
}

/** A policy that names an experiment which is not there. */
export function noExperiment({ id, experiment }: Pick<ModelPolicy, "id" | "experiment">): Problem {
  return {
    code: "experiment-missing",
    where: { path: policyPath, key: `models.${id}.experiment` },
    message: "The experiment file does not exist in this revision.",
    written: experiment,
    allowed: "a path to an experiment file in the repository",
    remedy: `Commit ${experiment}, or correct the path.`,
  };
}
