import { z } from "zod";
import { formatCount } from "../words.ts";
import { checkColumns } from "./check-columns.ts";
import { checkSet, type Estimator, type FittedModel } from "./estimator.ts";
import { MAX_BINS } from "./trees/bin-features.ts";
import { growImpurityTree } from "./trees/grow-impurity-tree.ts";
import { packTrees } from "./trees/pack-trees.ts";
import { treeSchema } from "./trees/tree.ts";

const options = z.strictObject({
  max_depth: z.int().min(1).max(64).default(6).describe("Splits from the root to a leaf."),
  min_samples_leaf: z.int().min(1).default(10).describe("Training rows that a leaf must have."),
});

export const singleTree = z.strictObject({
  type: z.literal("decision-tree"),
  columns: z.int().min(0),
  /** Numbers per node: one per class, or one. */
  outputs: z.int().min(1),
  tree: treeSchema,
});

/** Numbers kept per split: 200 MB of histogram. */
const MAX_CELLS = 25_000_000;

/** One tree, split by the Gini impurity or the variance over at most 254 cuts per column. */
export const decisionTree: Estimator<z.infer<typeof options>> = {
  type: "decision-tree",
  title: "Decision tree",
  docs: "A tree of yes-or-no questions about single columns; its leaves hold class shares, or the mean.",
  tasks: ["binary", "multiclass", "regression"],
  random: false,
  options,
  refuse({ rows, columns, classes }) {
    const cells = Math.min(rows, MAX_BINS) * columns * (Math.max(classes, 1) + 1);
    if (cells <= MAX_CELLS) return null;
    return `A split would compare ${formatCount(cells)} numbers (${formatCount(columns)} columns, ${formatCount(classes)} classes); the limit is ${formatCount(MAX_CELLS)}.`;
  },
  fit(set, { max_depth, min_samples_leaf }) {
    checkSet(set);
    const answers =
      set.task === "regression"
        ? { values: Float64Array.from(set.target) }
        : { classes: set.classes, labels: Int32Array.from(set.target) };
    const limits = { maxDepth: max_depth, minSamplesLeaf: min_samples_leaf };
    return asFittedModel({
      type: "decision-tree",
      columns: set.features.columns,
      outputs: Math.max(set.classes, 1),
      tree: growImpurityTree(set.features, answers, limits),
    });
  },
  restore: (serialized) => asFittedModel(singleTree.parse(serialized)),
};

function asFittedModel(model: z.infer<typeof singleTree>): FittedModel {
  const { tree, outputs, columns } = model;
  if (tree.values.length !== tree.feature.length * outputs) throw new Error("the tree's values do not fit its nodes");
  const { eachLeaf, values } = packTrees([tree], columns);
  return {
    fit: { iterations: 1, converged: true, objective: null },
    toJSON: () => model,
    predictProbability(features) {
      checkColumns(features, columns);
      const output = new Float64Array(features.rows * outputs);
      eachLeaf(features, (row, _, leaf) => {
        for (let k = 0; k < outputs; k++) output[row * outputs + k] = values[leaf * outputs + k]!;
      });
      return output;
    },
  };
}
