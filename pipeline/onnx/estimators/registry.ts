import { baselineGraph } from "./baseline.ts";
import { decisionTreeGraph } from "./decision-tree.ts";
import type { EstimatorGraph } from "./estimator-graph.ts";
import { gradientBoostingGraph } from "./gradient-boosting.ts";
import { linearModelGraph } from "./linear-model.ts";
import { logisticRegressionGraph } from "./logistic-regression.ts";
import { naiveBayesGraph } from "./naive-bayes.ts";

/** The estimators that have an ONNX form, by the name in a model file. */
export const estimatorGraphs: ReadonlyMap<string, EstimatorGraph> = new Map([
  ["logistic-regression", logisticRegressionGraph],
  ["gradient-boosting", gradientBoostingGraph],
  ["decision-tree", decisionTreeGraph],
  ["naive-bayes", naiveBayesGraph],
  ["linear-regression", linearModelGraph],
  ["ridge-regression", linearModelGraph],
  ["baseline", baselineGraph],
]);
