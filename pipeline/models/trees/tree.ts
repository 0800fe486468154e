import { z } from "zod";

/**
 * A decision tree as parallel arrays over its nodes; node 0 is the root. A row goes left when its value of `feature` is
 * at most `threshold`. A leaf has feature −1. `values` are nodes × outputs, row-major.
 */
const parallelArrays = z.strictObject({
  feature: z.array(z.int().min(-1)),
  threshold: z.array(z.number()),
  left: z.array(z.int().min(0)),
  right: z.array(z.int().min(0)),
  values: z.array(z.number()),
});
export type Tree = z.infer<typeof parallelArrays>;

/** For reading a tree from a file: every child comes after its parent, so that no walk can loop. */
export const treeSchema = parallelArrays.refine(isWellFormed, "the tree's nodes do not fit together");

function isWellFormed({ feature, threshold, left, right, values }: Tree): boolean {
  const nodes = feature.length;
  if (nodes === 0 || threshold.length !== nodes || left.length !== nodes || right.length !== nodes) return false;
  if (values.length === 0 || values.length % nodes !== 0) return false;
  const isChild = (child: number, parent: number) => child > parent && child < nodes;
  return feature.every((own, node) => own < 0 || (isChild(left[node]!, node) && isChild(right[node]!, node)));
}

/** Adds a node and returns its number. It is a leaf until `branch` makes it a branch. */
export function addLeaf(tree: Tree, values: readonly number[]): number {
  tree.threshold.push(0);
  tree.left.push(0);
  tree.right.push(0);
  tree.values.push(...values);
  return tree.feature.push(-1) - 1;
}

export function branch(tree: Tree, node: number, split: Branch): void {
  tree.feature[node] = split.feature;
  tree.threshold[node] = split.threshold;
  tree.left[node] = split.left;
  tree.right[node] = split.right;
}

export interface Branch {
  feature: number;
  threshold: number;
  left: number;
  right: number;
}

export function emptyTree(): Tree {
  return { feature: [], threshold: [], left: [], right: [], values: [] };
}
