import { boostedTrees } from "../../models/gradient-boosting/boosted-trees.ts";
import type { Tree } from "../../models/trees/tree.ts";
import { rowOf } from "../tensor.ts";
import { type EstimatorGraph, logitToProbabilities, repeatRow, softmax } from "./estimator-graph.ts";
import { findLeaves } from "./find-leaves.ts";

/**
 * Leaves pick their values, and a matrix of ones and zeros adds each tree's to its score. Trees of one leaf say the
 * same for every row, so they are added to the constant scores.
 */
export const gradientBoostingGraph: EstimatorGraph = (graph, serialized, encoded) => {
  const { classes, start, trees } = boostedTrees.parse(serialized);
  const scores = [...start];
  const grown: { tree: Tree; target: number }[] = [];
  for (const iteration of trees) {
    for (const [target, tree] of iteration.entries()) {
      if (tree.feature[0]! < 0) scores[target]! += tree.values[0]!;
      else grown.push({ tree, target });
    }
  }
  const addTrees = () => {
    const own = grown.map(({ tree }) => tree);
    const values = own.flatMap((tree) => tree.values);
    const table = graph.constant({ type: "double", dims: [values.length], values });
    const picked = graph.node("Gather", [table, findLeaves(graph, encoded, own)], { axis: 0 });
    const ones = grown.flatMap(({ target }) => start.map((_, score) => (score === target ? 1 : 0)));
    const sums = graph.constant({ type: "double", dims: [grown.length, start.length], values: ones });
    return graph.node("Gemm", [picked, sums, graph.constant(rowOf(scores))]);
  };
  const raw = grown.length === 0 ? repeatRow(graph, scores, encoded) : addTrees();
  if (classes === 0) return raw;
  return classes === 2 ? logitToProbabilities(graph, raw) : softmax(graph, raw);
};
