import type { Tree } from "../../models/trees/tree.ts";
import type { Graph } from "../graph.ts";

/** A tree with at least one split, and what its leaves add to which column of the answer. */
export interface EnsembleTree {
  tree: Tree;
  target: number;
  /** By node number; only those of leaves are used. */
  leafValues: readonly number[];
}

/** ONNX's codes: a row goes to the true side when its value is at most the split; values of all trees are added. */
const lessOrEqual = 0;
const sum = 1;
const noTransform = 0;

/**
 * Walks trees by ONNX's TreeEnsemble, whose splits and leaves are doubles here: the float32 of the older operators
 * would send rows that are close to a threshold to the other side.
 *
 * @returns sums of leaf values, doubles, rows × targets
 */
export function addTreeEnsemble(
  graph: Graph,
  encoded: string,
  trees: readonly EnsembleTree[],
  targets: number,
): string {
  const roots: number[] = [];
  const nodes = { feature: [] as number[], split: [] as number[] };
  const whenTrue = { id: [] as number[], leaf: [] as number[] };
  const whenFalse = { id: [] as number[], leaf: [] as number[] };
  const leaves = { target: [] as number[], value: [] as number[] };
  for (const { tree, target, leafValues } of trees) {
    const first = nodes.feature.length;
    roots.push(first);
    const position = new Int32Array(tree.feature.length);
    let branches = first;
    for (const [node, feature] of tree.feature.entries()) {
      position[node] = feature < 0 ? leaves.value.length : branches++;
      if (feature >= 0) continue;
      leaves.target.push(target);
      leaves.value.push(leafValues[node]!);
    }
    const link = (side: typeof whenTrue, child: number) => {
      side.id.push(position[child]!);
      side.leaf.push(tree.feature[child]! < 0 ? 1 : 0);
    };
    for (const [node, feature] of tree.feature.entries()) {
      if (feature < 0) continue;
      nodes.feature.push(feature);
      nodes.split.push(tree.threshold[node]!);
      link(whenTrue, tree.left[node]!);
      link(whenFalse, tree.right[node]!);
    }
  }
  const { length } = nodes.feature;
  return graph.mlNode("TreeEnsemble", [encoded], {
    aggregate_function: sum,
    leaf_targetids: leaves.target,
    leaf_weights: { type: "double", dims: [leaves.value.length], values: leaves.value },
    n_targets: targets,
    nodes_falseleafs: whenFalse.leaf,
    nodes_falsenodeids: whenFalse.id,
    nodes_featureids: nodes.feature,
    nodes_modes: { type: "uint8", dims: [length], values: nodes.feature.map(() => lessOrEqual) },
    nodes_splits: { type: "double", dims: [length], values: nodes.split },
    nodes_trueleafs: whenTrue.leaf,
    nodes_truenodeids: whenTrue.id,
    post_transform: noTransform,
    tree_roots: roots,
  });
}
