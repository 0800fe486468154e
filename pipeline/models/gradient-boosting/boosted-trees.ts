import { z } from "zod";
import { checkColumns } from "../check-columns.ts";
import type { FittedModel } from "../estimator.ts";
import { fitSummary } from "../fit-summary.ts";
import { exponentiate } from "../logistic-regression/loss.ts";
import { packTrees } from "../trees/pack-trees.ts";
import { treeSchema } from "../trees/tree.ts";

/** What a fitted gradient boosting is: constant scores and trees that add to them. */
export const boostedTrees = z.strictObject({
  type: z.literal("gradient-boosting"),
  /** 0 for regression. */
  classes: z.int().min(0),
  columns: z.int().min(0),
  /** One score per output: one output for regression and for two classes, else one per class. */
  start: z.array(z.number()).min(1),
  /** Iterations in order, each with one tree per output. */
  trees: z.array(z.array(treeSchema)),
  fit: fitSummary,
});

export type BoostedTrees = z.infer<typeof boostedTrees>;

/** Makes the plain data a model that predicts. Throws when its parts do not fit together. */
export function asFittedModel(model: BoostedTrees): FittedModel {
  const { classes, columns, start } = model;
  const outputs = start.length;
  if (outputs !== (classes === 0 || classes === 2 ? 1 : classes)) throw new Error("the scores do not fit the classes");
  if (model.trees.some((iteration) => iteration.length !== outputs)) {
    throw new Error("an iteration has not one tree per score");
  }
  const { eachLeaf, values } = packTrees(model.trees.flat(), columns);
  return {
    fit: model.fit,
    toJSON: () => model,
    predictProbability(features) {
      checkColumns(features, columns);
      const raw = new Float64Array(features.rows * outputs);
      for (let i = 0; i < raw.length; i++) raw[i] = start[i % outputs]!;
      eachLeaf(features, (row, tree, leaf) => {
        raw[row * outputs + (tree % outputs)]! += values[leaf]!;
      });
      return toOutput(raw, classes);
    },
  };
}

function toOutput(raw: Float64Array, classes: number): Float64Array {
  if (classes === 0) return raw;
  if (classes !== 2) {
    for (let base = 0; base < raw.length; base += classes) {
      const { sum } = exponentiate(raw, base, classes);
      for (let k = base; k < base + classes; k++) raw[k]! /= sum;
    }
    return raw;
  }
  const probabilities = new Float64Array(raw.length * 2);
  for (let row = 0; row < raw.length; row++) {
    probabilities[2 * row] = 1 / (1 + Math.exp(raw[row]!));
    probabilities[2 * row + 1] = 1 / (1 + Math.exp(-raw[row]!));
  }
  return probabilities;
}
