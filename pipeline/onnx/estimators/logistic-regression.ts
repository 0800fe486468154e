import { linearClassifier } from "../../models/logistic-regression/linear-classifier.ts";
import type { Graph } from "../graph.ts";
import { rowOf } from "../tensor.ts";
import { type EstimatorGraph, logitToProbabilities, softmax } from "./estimator-graph.ts";

export const logisticRegressionGraph: EstimatorGraph = (graph, serialized, encoded) => {
  const { link, classes, columns, weights } = linearClassifier.parse(serialized);
  const outputs = link === "logit" ? 1 : classes;
  const slopes = weights.filter((_, index) => index % (columns + 1) < columns);
  const intercepts = weights.filter((_, index) => index % (columns + 1) === columns);
  const matrix = graph.constant({ type: "double", dims: [outputs, columns], values: slopes });
  const scores = graph.node("Gemm", [encoded, matrix, graph.constant(rowOf(intercepts))], { transB: 1 });
  if (link === "logit") return logitToProbabilities(graph, scores);
  return softmax(graph, link === "one-vs-rest" ? logSigmoid(graph, scores) : scores);
};

/** ln σ(score) = min(score, 0) − ln(1 + exp(−|score|)), which never underflows. */
function logSigmoid(graph: Graph, scores: string): string {
  const tail = graph.node("Exp", [graph.node("Neg", [graph.node("Abs", [scores])])]);
  const logarithm = graph.node("Log", [graph.node("Add", [tail, graph.constant(rowOf([1]))])]);
  return graph.node("Sub", [graph.node("Min", [scores, graph.constant(rowOf([0]))]), logarithm]);
}
