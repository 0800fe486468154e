import type { Estimator } from "./estimator.ts";
import { gradientBoosting } from "./gradient-boosting.ts";
import { logisticRegression } from "./logistic-regression.ts";

/** Every estimator by the name that an experiment's `model.type` uses, the default first. */
export const estimators: ReadonlyMap<string, Estimator> = new Map(
  [logisticRegression, gradientBoosting].map((estimator: Estimator) => [estimator.type, estimator]),
);
