import { singleTree } from "../../models/decision-tree.ts";
import { integers } from "../tensor.ts";
import { type EstimatorGraph, repeatRow } from "./estimator-graph.ts";
import { findLeaves } from "./find-leaves.ts";

/** The leaf picks its row of values. */
export const decisionTreeGraph: EstimatorGraph = (graph, serialized, encoded) => {
  const { tree, outputs } = singleTree.parse(serialized);
  if (tree.feature[0]! < 0) return repeatRow(graph, tree.values.slice(0, outputs), encoded);
  const leaf = graph.node("Reshape", [findLeaves(graph, encoded, [tree]), graph.constant(integers([-1]))]);
  const values = graph.constant({ type: "double", dims: [tree.feature.length, outputs], values: tree.values });
  return graph.node("Gather", [values, leaf], { axis: 0 });
};
