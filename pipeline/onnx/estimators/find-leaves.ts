import type { Tree } from "../../models/trees/tree.ts";
import type { Graph } from "../graph.ts";

/**
 * Finds each row's leaf in each tree.
 *
 * The newer operator for trees, TreeEnsemble, would add doubles itself, but onnxruntime before 1.24 computes wrong sums
 * with it. TreeEnsembleRegressor is sound and compares doubles; only what it adds up comes out as float32. So it is
 * asked for the numbers of leaves, which float32 holds exactly up to 2²⁴, more than fit into a model file.
 *
 * @param encoded the encoded features, doubles, rows × width
 * @param trees each has at least one split
 * @returns int64, rows × trees: the leaf's number, counting the nodes of all trees
 */
export function findLeaves(graph: Graph, encoded: string, trees: readonly Tree[]): string {
  const nodes = trees.flatMap((tree, treeId) => [...tree.feature.keys()].map((node) => ({ tree, treeId, node })));
  const feature = nodes.map(({ tree, node }) => tree.feature[node]!);
  const leaves = [...nodes.entries()].filter(([number]) => feature[number]! < 0);
  const numbers = graph.mlNode("TreeEnsembleRegressor", [encoded], {
    aggregate_function: "SUM",
    n_targets: trees.length,
    nodes_falsenodeids: nodes.map(({ tree, node }) => tree.right[node]!),
    nodes_featureids: feature.map((own) => Math.max(own, 0)),
    nodes_modes: feature.map((own) => (own < 0 ? "LEAF" : "BRANCH_LEQ")),
    nodes_nodeids: nodes.map(({ node }) => node),
    nodes_treeids: nodes.map(({ treeId }) => treeId),
    nodes_truenodeids: nodes.map(({ tree, node }) => tree.left[node]!),
    nodes_values_as_tensor: {
      type: "double",
      dims: [nodes.length],
      values: nodes.map(({ tree, node }) => tree.threshold[node]!),
    },
    post_transform: "NONE",
    target_ids: leaves.map(([, { treeId }]) => treeId),
    target_nodeids: leaves.map(([, { node }]) => node),
    target_treeids: leaves.map(([, { treeId }]) => treeId),
    target_weights_as_tensor: { type: "double", dims: [leaves.length], values: leaves.map(([number]) => number) },
  });
  return graph.node("Cast", [numbers], { to: 7 });
}
