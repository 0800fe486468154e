import { z } from "zod";
import { formatCount } from "../words.ts";
import { checkSet, type Estimator } from "./estimator.ts";
import { asFittedModel, boostedTrees } from "./gradient-boosting/boosted-trees.ts";
import { boostingLoss } from "./gradient-boosting/boosting-loss.ts";
import { binFeatures, MAX_BINS } from "./trees/bin-features.ts";
import { roundToFixedPoint } from "./trees/fixed-point.ts";
import { treeGrower } from "./trees/grow-tree.ts";
import type { Tree } from "./trees/tree.ts";

const options = z.strictObject({
  learning_rate: z.number().positive().max(1).default(0.1).describe("How much of each tree's advice is taken."),
  max_iterations: z.int().min(1).max(10_000).default(100).describe("Trees, or trees per class above two classes."),
  max_leaf_nodes: z.int().min(2).max(1024).default(31).describe("Leaves of one tree."),
  max_depth: z.int().min(1).max(64).nullable().default(null).describe("Splits from the root to a leaf; null for any."),
  min_samples_leaf: z.int().min(1).default(20).describe("Training rows that a leaf must have."),
  l2_regularization: z.number().min(0).max(1e12).default(0).describe("Penalty on the values of leaves."),
  max_bins: z.int().min(2).max(MAX_BINS).default(MAX_BINS).describe("Bins into which each column is cut."),
});

export type GradientBoostingOptions = z.infer<typeof options>;

/** Steps of about 6 ns: two minutes. */
const MAX_WORK = 2e10;
/** A cell of a column with many values is seldom in the usual bin, so it is visited at each of the last splits above it. */
const STEPS_PER_CELL = 5;
/** Leaves over all trees: about 100 MB as a file. */
const MAX_LEAVES = 1_000_000;

/**
 * Histogram gradient boosting (Friedman 2001; Ke et al. 2017) of logit, softmax or squared loss, with the defaults of
 * scikit-learn's HistGradientBoosting and no early stopping. Nothing is random and sums are exact, so row order changes
 * nothing at all.
 */
export const gradientBoosting: Estimator<GradientBoostingOptions> = {
  type: "gradient-boosting",
  title: "Gradient boosting",
  docs: "A sum of small trees, each fitted to the errors of those before it; captures curves and interactions.",
  tasks: ["binary", "multiclass", "regression"],
  random: false,
  options,
  refuse(
    { rows, columns, classes, binaryColumns = 0 },
    { max_iterations, max_leaf_nodes, max_bins, min_samples_leaf },
  ) {
    const trees = max_iterations * (classes > 2 ? classes : 1);
    if (trees * max_leaf_nodes > MAX_LEAVES) {
      return `The model could have ${formatCount(trees * max_leaf_nodes)} leaves (${formatCount(trees)} trees × ${max_leaf_nodes}); the limit is ${formatCount(MAX_LEAVES)}.`;
    }
    const cells = rows * (binaryColumns + STEPS_PER_CELL * (columns - binaryColumns));
    // Each leaf once had a histogram of every bin, however few its rows.
    const bins = 2 * binaryColumns + Math.min(max_bins, rows) * (columns - binaryColumns);
    const leaves = Math.max(1, Math.min(max_leaf_nodes, Math.floor(rows / min_samples_leaf)));
    const work = trees * (cells + bins * leaves);
    if (work <= MAX_WORK) return null;
    return `Training would take ${formatCount(work)} steps: ${formatCount(trees)} trees over ${formatCount(rows)} rows × ${formatCount(columns)} columns, with ${formatCount(bins)} bins in each of up to ${leaves} leaves; the limit is ${formatCount(MAX_WORK)}.`;
  },
  fit(set, chosen, { onProgress }) {
    checkSet(set);
    const { rows, columns } = set.features;
    const loss = boostingLoss(set);
    const grow = treeGrower(binFeatures(set.features, chosen.max_bins), {
      maxLeaves: chosen.max_leaf_nodes,
      maxDepth: chosen.max_depth,
      minSamplesLeaf: chosen.min_samples_leaf,
      l2: chosen.l2_regularization,
    });
    const raw = new Float64Array(rows * loss.outputs);
    for (let i = 0; i < raw.length; i++) raw[i] = loss.start[i % loss.outputs]!;
    const gradients = Array.from({ length: loss.outputs }, () => new Float64Array(rows));
    const hessians = Array.from({ length: loss.outputs }, () => new Float64Array(rows));
    const trees: Tree[][] = [];
    for (let iteration = 0; iteration < chosen.max_iterations; iteration++) {
      loss.derive(raw, gradients, hessians);
      gradients.forEach(roundToFixedPoint);
      hessians.forEach(roundToFixedPoint);
      trees.push(
        gradients.map((gradient, output) => {
          const { tree, leaves, order } = grow(gradient, hessians[output]!);
          for (const { start, end, value } of leaves) {
            const step = chosen.learning_rate * value;
            for (let at = start; at < end; at++) raw[order[at]! * loss.outputs + output]! += step;
          }
          return { ...tree, values: tree.values.map((value) => chosen.learning_rate * value) };
        }),
      );
      if ((iteration + 1) % Math.ceil(chosen.max_iterations / 20) === 0) {
        onProgress?.((iteration + 1) / chosen.max_iterations);
      }
    }
    return asFittedModel({
      type: "gradient-boosting",
      classes: set.classes,
      columns,
      start: loss.start,
      trees,
      fit: { iterations: chosen.max_iterations, converged: true, objective: loss.mean(raw) },
    });
  },
  restore: (serialized) => asFittedModel(boostedTrees.parse(serialized)),
};
