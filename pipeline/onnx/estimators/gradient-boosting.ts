import { boostedTrees } from "../../models/gradient-boosting/boosted-trees.ts";
import { rowOf } from "../tensor.ts";
import { type EstimatorGraph, logitToProbabilities, repeatRow, softmax } from "./estimator-graph.ts";
import { addTreeEnsemble, type EnsembleTree } from "./tree-ensemble.ts";

/** Trees of one leaf say the same for every row, so they are added to the constant scores. */
export const gradientBoostingGraph: EstimatorGraph = (graph, serialized, encoded) => {
  const { classes, start, trees } = boostedTrees.parse(serialized);
  const scores = [...start];
  const grown: EnsembleTree[] = [];
  for (const iteration of trees) {
    for (const [target, tree] of iteration.entries()) {
      if (tree.feature[0]! < 0) scores[target]! += tree.values[0]!;
      else grown.push({ tree, target, leafValues: tree.values });
    }
  }
  const raw =
    grown.length === 0
      ? repeatRow(graph, scores, encoded)
      : graph.node("Add", [addTreeEnsemble(graph, encoded, grown, start.length), graph.constant(rowOf(scores))]);
  if (classes === 0) return raw;
  return classes === 2 ? logitToProbabilities(graph, raw) : softmax(graph, raw);
};
