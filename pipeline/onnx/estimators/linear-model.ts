import { linearPredictor } from "../../models/linear-regression/linear-predictor.ts";
import { rowOf } from "../tensor.ts";
import type { EstimatorGraph } from "./estimator-graph.ts";

/** Least squares and ridge: a weighted sum. */
export const linearModelGraph: EstimatorGraph = (graph, serialized, encoded) => {
  const { weights, intercept } = linearPredictor.parse(serialized);
  const constants = [graph.constant(rowOf(weights)), graph.constant(rowOf([intercept]))];
  return graph.node("Gemm", [encoded, ...constants], { transB: 1 });
};
