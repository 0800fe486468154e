import type { SerializedEstimator } from "../../models/estimator.ts";
import type { Graph } from "../graph.ts";
import { integers, rowOf } from "../tensor.ts";

/**
 * Adds a fitted estimator to a graph.
 *
 * @param encoded the encoded features, doubles, rows × width
 * @returns what `FittedModel.predictProbability` gives: doubles, rows × classes, or rows × 1 for regression
 */
export type EstimatorGraph = (graph: Graph, serialized: SerializedEstimator, encoded: string) => string;

/** The same numbers for every row: rows × values. */
export function repeatRow(graph: Graph, values: readonly number[], encoded: string): string {
  const rows = graph.node("Shape", [encoded], { start: 0, end: 1 });
  const shape = graph.node("Concat", [rows, graph.constant(integers([1]))], { axis: 0 });
  return graph.node("Expand", [graph.constant(rowOf(values)), shape]);
}

/** From the score of the second of two classes, rows × 1, to the probabilities of both. */
export function logitToProbabilities(graph: Graph, score: string): string {
  const first = graph.node("Sigmoid", [graph.node("Neg", [score])]);
  return graph.node("Concat", [first, graph.node("Sigmoid", [score])], { axis: 1 });
}

/** From one score per class to probabilities. */
export function softmax(graph: Graph, scores: string): string {
  return graph.node("Softmax", [scores], { axis: 1 });
}
