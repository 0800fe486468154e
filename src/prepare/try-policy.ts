import { estimators } from "../../pipeline/models/registry.ts";
import type { Outcome, Problem } from "../../pipeline/problem.ts";
import type { ModelReview } from "../../pipeline/review/model-review.ts";
import type { Snapshot } from "../facts/snapshot.ts";
import { absentColumns } from "../policy/absent-columns.ts";
import { policyPath } from "../policy/parse-policy.ts";
import type { ModelPolicy, Policy } from "../policy/policy.ts";
import { metricsOfAnotherTask, possibleTasks } from "./metrics-of-another-task.ts";
import { type FindAnchors, findAnchorProblems } from "./prepare-anchors.ts";
import { prepareRevision } from "./prepare-revision.ts";

/** Reviews models at the head that proposes them. */
export type RunModels = (models: readonly ModelPolicy[]) => Promise<readonly ModelReview[]>;

/**
 * A policy that is proposed, tried on the revision that proposes it: itself, or why no review could run by it. Experiments that `judging`
 * names as well are run by the review itself, which says what is wrong with them; of these only the gates are looked at. The others
 * are run.
 */
export async function tryPolicy(
  proposed: Outcome<Policy>,
  head: Snapshot,
  judging: Policy | null,
  runModels: RunModels,
  findAnchors: FindAnchors = async () => [],
): Promise<Outcome<Policy>> {
  if (!proposed.ok) return proposed;
  const known = new Set(judging?.models.map(({ experiment }) => experiment));
  const brought: ModelPolicy[] = [];
  const problems: Problem[] = [];
  const judgedBy = new Map(judging?.models.map(({ id, anchor }) => [id, anchor]));
  for (const model of proposed.value.models) {
    if (model.anchor !== judgedBy.get(model.id))
      problems.push(...(await findAnchorProblems(model, head.commit, findAnchors)));
    const prepared = await prepareRevision(head, model.experiment, estimators);
    if (prepared.state === "ready") {
      const unfit = metricsOfAnotherTask(model, possibleTasks(prepared.experiment));
      problems.push(...unfit);
      if (unfit.length === 0 && !known.has(model.experiment)) brought.push(model);
    } else if (!known.has(model.experiment)) {
      problems.push(...(prepared.state === "absent" ? [noExperiment(model)] : prepared.problems));
    }
  }
  const reviews = brought.length === 0 ? [] : await runModels(brought);
  problems.push(...reviews.flatMap((review, at) => whatFailed(brought[at]!, review)));
  return problems.length === 0 ? proposed : { ok: false, problems };
}

/** Why a model did not run, or what of its policy its data does not have. */
function whatFailed(model: ModelPolicy, { head }: ModelReview): Problem[] {
  if (head.state === "problems") return head.problems;
  if (head.state === "absent") return [noExperiment(model)];
  const { task, profile } = head.run;
  const columns = profile.columns.map(({ name }) => name);
  return [...metricsOfAnotherTask(model, [task]), ...absentColumns(model, columns)];
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
