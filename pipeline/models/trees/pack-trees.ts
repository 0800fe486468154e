import type { Matrix } from "../estimator.ts";
import type { Tree } from "./tree.ts";

/** Trees in one set of typed arrays, for walking. */
export interface PackedTrees {
  /** Calls back with each row's leaf in each tree: row by row, so that a row's values stay in the cache. */
  eachLeaf(features: Matrix, visit: (row: number, tree: number, leaf: number) => void): void;
  /** Values of all trees' nodes; `leaf` counts nodes over all trees. */
  values: Float64Array;
}

/** Packs trees. Throws when one asks for a column that is not there. */
export function packTrees(trees: readonly Tree[], columns: number): PackedTrees {
  const nodes = trees.reduce((sum, tree) => sum + tree.feature.length, 0);
  const roots = new Int32Array(trees.length);
  const feature = new Int32Array(nodes);
  const threshold = new Float64Array(nodes);
  const left = new Int32Array(nodes);
  const right = new Int32Array(nodes);
  const values = new Float64Array(trees.reduce((sum, tree) => sum + tree.values.length, 0));
  let first = 0;
  let filled = 0;
  for (const [index, tree] of trees.entries()) {
    roots[index] = first;
    for (let node = 0; node < tree.feature.length; node++) {
      feature[first + node] = tree.feature[node]!;
      threshold[first + node] = tree.threshold[node]!;
      left[first + node] = first + tree.left[node]!;
      right[first + node] = first + tree.right[node]!;
    }
    values.set(tree.values, filled);
    first += tree.feature.length;
    filled += tree.values.length;
  }
  if (feature.some((own) => own >= columns)) throw new Error(`a tree splits on a column beyond ${columns}`);
  return {
    values,
    eachLeaf(features, visit) {
      for (let row = 0; row < features.rows; row++) {
        const base = row * columns;
        for (let tree = 0; tree < roots.length; tree++) {
          let node = roots[tree]!;
          for (let own = feature[node]!; own >= 0; own = feature[node]!) {
            node = features.values[base + own]! <= threshold[node]! ? left[node]! : right[node]!;
          }
          visit(row, tree, node);
        }
      }
    },
  };
}
