import type { Experiment } from "../../pipeline/experiment/experiment.ts";
import type { Task } from "../../pipeline/metrics/metric.ts";
import { metrics } from "../../pipeline/metrics/registry.ts";
import { estimators } from "../../pipeline/models/registry.ts";
import type { Problem } from "../../pipeline/problem.ts";
import { policyPath } from "../policy/parse-policy.ts";
import type { ModelPolicy } from "../policy/policy.ts";

const classification: readonly Task[] = ["binary", "multiclass"];
const allTasks: readonly Task[] = [...classification, "regression"];

/**
 * Gates on metrics that the model can't have: R² where the target holds classes. Such a gate decides nothing, in any review.
 *
 * @param tasks the one that the data has shown, or those that its experiment leaves open
 */
export function metricsOfAnotherTask({ id: model, metrics: gates }: ModelPolicy, tasks: readonly Task[]): Problem[] {
  const defined = [...metrics.values()].filter((metric) => metric.tasks.some((task) => tasks.includes(task)));
  return Object.keys(gates).flatMap((id): Problem[] => {
    if (defined.some((metric) => metric.id === id)) return [];
    return [
      {
        code: "metric-of-another-task",
        where: { path: policyPath, key: `models.${model}.metrics.${id}` },
        message: `${id} is not defined for ${tasks.includes("regression") ? "a quantity" : "classes"}, which ${model} predicts.`,
        written: id,
        allowed: defined.map((metric) => metric.id).join(", "),
        remedy: "Name a metric of the model's task in the policy instead.",
      },
    ];
  });
}

/** The tasks that what is written leaves open; the data decides among several. */
export function possibleTasks({ task, positive, model }: Experiment): readonly Task[] {
  const known = estimators.get(model.type)?.tasks ?? allTasks;
  const written =
    task === "regression" ? ["regression"] : task === "classification" || positive !== null ? classification : allTasks;
  const possible = known.filter((one) => written.includes(one));
  return possible.length > 0 ? possible : allTasks;
}
