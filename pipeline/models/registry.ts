import { type Task, taskSchema } from "../metrics/metric.ts";
import { baseline } from "./baseline.ts";
import { decisionTree } from "./decision-tree.ts";
import type { Estimator } from "./estimator.ts";
import { gradientBoosting } from "./gradient-boosting.ts";
import { linearRegression } from "./linear-regression.ts";
import { logisticRegression } from "./logistic-regression.ts";
import { naiveBayes } from "./naive-bayes.ts";
import { ridgeRegression } from "./ridge-regression.ts";

/** Every estimator by the name that an experiment's `model.type` uses, the default first. */
export const estimators: ReadonlyMap<string, Estimator> = new Map(
  [logisticRegression, gradientBoosting, decisionTree, naiveBayes, linearRegression, ridgeRegression, baseline].map(
    (estimator: Estimator) => [estimator.type, estimator],
  ),
);

/** What a model of this type can predict; an unknown type could be any. */
export function tasksOf({ type }: { type: string }): readonly Task[] {
  return estimators.get(type)?.tasks ?? taskSchema.options;
}
