import type { BinnedFeatures } from "./bin-features.ts";
import { findSplit, type Split, type SplitLimits } from "./find-split.ts";
import { fillHistogram, type Histogram, STRIDE, type Sums, subtractHistogram } from "./histogram.ts";
import { addLeaf, branch, emptyTree, type Tree } from "./tree.ts";

export interface GrowthLimits extends SplitLimits {
  maxLeaves: number;
  /** Null for any depth. */
  maxDepth: number | null;
}

/** A leaf's rows are `order[start … end)` of the tree that was grown. */
export interface Leaf {
  start: number;
  end: number;
  value: number;
}

export interface GrownTree {
  tree: Tree;
  leaves: Leaf[];
  /** Lent until the next tree is grown. */
  order: Int32Array;
}

/** A node that may still be split. */
interface Open {
  node: number;
  start: number;
  end: number;
  depth: number;
  sums: Sums;
  histogram: Histogram | null;
  split: Split | null;
}

/** Grows trees on one set of binned features; the buffers are kept from tree to tree. */
export type TreeGrower = (gradients: Float64Array, hessians: Float64Array) => GrownTree;

/**
 * Grows a regression tree for a second-order loss, best split first (Friedman 2001; Chen & Guestrin 2016): each leaf
 * gets the value −G / (H + λ) that minimizes the loss's quadratic model. Cost per tree: about
 * rows × unusual values per row × log(leaves), since only the smaller child of a split is counted.
 */
export function treeGrower(binned: BinnedFeatures, limits: GrowthLimits): TreeGrower {
  const order = new Int32Array(binned.rows);
  const moved = new Int32Array(binned.rows);
  const spare: Histogram[] = [];
  const size = binned.slots[binned.columns]! * STRIDE;
  const borrow = () => spare.pop() ?? new Float64Array(size);
  const giveBack = (open: Open) => {
    if (open.histogram !== null) spare.push(open.histogram);
    open.histogram = null;
  };
  const leafValue = ({ gradient, hessian }: Sums) =>
    hessian + limits.l2 > 0 ? (0 - gradient) / (hessian + limits.l2) : 0;
  const maySplit = ({ sums, depth }: Open) =>
    sums.count >= 2 * limits.minSamplesLeaf && (limits.maxDepth === null || depth < limits.maxDepth);
  const look = (open: Open) => {
    open.split = maySplit(open) ? findSplit(open.histogram!, binned, open.sums, limits) : null;
    if (open.split === null) giveBack(open);
  };

  return (gradients, hessians) => {
    for (let row = 0; row < order.length; row++) order[row] = row;
    const fill = (open: Open) => {
      open.histogram = borrow();
      fillHistogram(
        open.histogram,
        binned,
        { order, start: open.start, end: open.end },
        gradients,
        hessians,
        open.sums,
      );
    };
    const tree = emptyTree();
    const child = (start: number, end: number, depth: number, sums: Sums): Open => ({
      node: addLeaf(tree, [leafValue(sums)]),
      start,
      end,
      depth,
      sums,
      histogram: null,
      split: null,
    });
    const root = child(0, order.length, 0, total(gradients, hessians));
    const open = [root];
    if (limits.maxLeaves > 1 && maySplit(root)) {
      fill(root);
      look(root);
    }
    for (let parent = mostGain(open); parent !== null && open.length < limits.maxLeaves; parent = mostGain(open)) {
      const { column, bin, left, right } = parent.split!;
      const middle = partition(binned, order, moved, parent, column, bin);
      const children = [
        child(parent.start, middle, parent.depth + 1, left),
        child(middle, parent.end, parent.depth + 1, right),
      ] as const;
      branch(tree, parent.node, {
        feature: column,
        threshold: binned.thresholds[column]![bin]!,
        left: children[0].node,
        right: children[1].node,
      });
      open.splice(open.indexOf(parent), 1, ...children);
      if (open.length < limits.maxLeaves && children.some(maySplit)) {
        const [smaller, larger] = left.count <= right.count ? children : [children[1], children[0]];
        fill(smaller);
        subtractHistogram(parent.histogram!, smaller.histogram!);
        larger.histogram = parent.histogram;
        parent.histogram = null;
        children.forEach(look);
      } else {
        giveBack(parent);
      }
    }
    open.forEach(giveBack);
    const leaves = open.map(({ start, end, sums }) => ({ start, end, value: leafValue(sums) }));
    return { tree, leaves, order };
  };
}

/** The leaf whose split gains most; of equals the leftmost. Null when none can be split. */
function mostGain(open: readonly Open[]): Open | null {
  let best: Open | null = null;
  for (const one of open) {
    if (one.split !== null && (best === null || one.split.gain > best.split!.gain)) best = one;
  }
  return best;
}

function total(gradients: Float64Array, hessians: Float64Array): Sums {
  let gradient = 0;
  let hessian = 0;
  for (let row = 0; row < gradients.length; row++) {
    gradient += gradients[row]!;
    hessian += hessians[row]!;
  }
  return { gradient, hessian, count: gradients.length };
}

/** Moves the rows that go left to the front, both sides in their old order; returns where the right side starts. */
function partition(
  { rows, bins }: BinnedFeatures,
  order: Int32Array,
  moved: Int32Array,
  { start, end }: Open,
  column: number,
  bin: number,
): number {
  const offset = column * rows;
  let left = start;
  let right = 0;
  for (let at = start; at < end; at++) {
    const row = order[at]!;
    if (bins[offset + row]! <= bin) order[left++] = row;
    else moved[right++] = row;
  }
  for (let at = 0; at < right; at++) order[left + at] = moved[at]!;
  return left;
}
