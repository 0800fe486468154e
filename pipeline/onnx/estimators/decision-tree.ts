import { singleTree } from "../../models/decision-tree.ts";
import { integers } from "../tensor.ts";
import { type EstimatorGraph, repeatRow } from "./estimator-graph.ts";
import { addTreeEnsemble } from "./tree-ensemble.ts";

/** The tree answers with the number of the leaf, which then picks the leaf's row of values. */
export const decisionTreeGraph: EstimatorGraph = (graph, serialized, encoded) => {
  const { tree, outputs } = singleTree.parse(serialized);
  if (tree.feature[0]! < 0) return repeatRow(graph, tree.values.slice(0, outputs), encoded);
  const nodes = tree.feature.length;
  const leaf = addTreeEnsemble(graph, encoded, [{ tree, target: 0, leafValues: [...Array(nodes).keys()] }], 1);
  const position = graph.node("Reshape", [graph.node("Cast", [leaf], { to: 7 }), graph.constant(integers([-1]))]);
  const values = graph.constant({ type: "double", dims: [nodes, outputs], values: tree.values });
  return graph.node("Gather", [values, position], { axis: 0 });
};
