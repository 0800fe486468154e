import { gaussians, LEAST } from "../../models/naive-bayes.ts";
import { integers, rowOf } from "../tensor.ts";
import { type EstimatorGraph, softmax } from "./estimator-graph.ts";

/** Log likelihoods as rows × classes × columns of squared distances, summed over the columns. */
export const naiveBayesGraph: EstimatorGraph = (graph, serialized, encoded) => {
  const { columns, counts, means, variances } = gaussians.parse(serialized);
  const classes = counts.length;
  const perClass = (values: readonly number[]) =>
    graph.constant({ type: "double", dims: [1, classes, columns], values });
  const rows = graph.node("Unsqueeze", [encoded, graph.constant(integers([1]))]);
  const difference = graph.node("Sub", [rows, perClass(means)]);
  const squares = graph.node("Mul", [difference, difference]);
  const distances = graph.node("Div", [squares, perClass(variances)]);
  const sums = graph.node("ReduceSum", [distances, graph.constant(integers([2]))], { keepdims: 0 });
  const halves = graph.node("Mul", [sums, graph.constant(rowOf([0.5]))]);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const constants = counts.map((count, which) => {
    let sum = count === 0 ? 0 : Math.log(count / total);
    for (let j = 0; j < columns; j++) sum -= Math.log(2 * Math.PI * variances[which * columns + j]!) / 2;
    return sum;
  });
  const likelihoods = graph.node("Sub", [graph.constant(rowOf(constants)), halves]);
  const finite = graph.node("Max", [likelihoods, graph.constant(rowOf([LEAST]))]);
  // A class without training rows has no probability at all.
  const possible = graph.constant(rowOf(counts.map((count) => (count === 0 ? Number.NEGATIVE_INFINITY : 0))));
  return softmax(graph, graph.node("Add", [finite, possible]));
};
