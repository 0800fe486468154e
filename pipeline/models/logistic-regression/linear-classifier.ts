import { z } from "zod";
import { checkColumns } from "../check-columns.ts";
import type { FittedModel, Matrix } from "../estimator.ts";
import { fitSummary } from "../fit-summary.ts";
import { designOf } from "./design-of.ts";
import { exponentiate } from "./loss.ts";

/** How scores become probabilities. */
export type Link = "logit" | "softmax" | "one-vs-rest";

/** What a fitted logistic regression is: weights per output over standardized features, the intercept last. */
export const linearClassifier = z.strictObject({
  type: z.literal("logistic-regression"),
  link: z.enum(["logit", "softmax", "one-vs-rest"]),
  classes: z.int().min(1),
  columns: z.int().min(0),
  /** Row-major outputs × (columns + 1); one output for `logit`, one per class otherwise. */
  weights: z.array(z.number()),
  fit: fitSummary,
});

export type LinearClassifier = z.infer<typeof linearClassifier>;

/** Makes the plain data a model that predicts. Throws when the weights do not fit the sizes. */
export function asFittedModel(model: LinearClassifier): FittedModel {
  const outputs = model.link === "logit" ? 1 : model.classes;
  const weights = Float64Array.from(model.weights);
  if (weights.length !== outputs * (model.columns + 1)) throw new Error("the model's weights do not fit its sizes");
  return {
    fit: model.fit,
    toJSON: () => model,
    predictProbability(features: Matrix): Float64Array {
      checkColumns(features, model.columns);
      const scores = new Float64Array(features.rows * outputs);
      designOf(features).multiply(weights, outputs, scores);
      return toProbabilities(scores, model.link, model.classes);
    },
  };
}

function toProbabilities(scores: Float64Array, link: Link, classes: number): Float64Array {
  if (link === "logit") {
    const probabilities = new Float64Array(scores.length * 2);
    for (let row = 0; row < scores.length; row++) {
      probabilities[2 * row] = sigmoid(-scores[row]!);
      probabilities[2 * row + 1] = sigmoid(scores[row]!);
    }
    return probabilities;
  }
  for (let base = 0; base < scores.length; base += classes) {
    if (link === "one-vs-rest") toLogSigmoid(scores, base, classes);
    const { sum } = exponentiate(scores, base, classes);
    for (let k = base; k < base + classes; k++) scores[k]! /= sum;
  }
  return scores;
}

/** Replaces scores by ln σ(score), so that the softmax of them is each σ over the sum of all, without underflow. */
function toLogSigmoid(scores: Float64Array, base: number, classes: number): void {
  for (let k = base; k < base + classes; k++) {
    const score = scores[k]!;
    scores[k] = Math.min(score, 0) - Math.log1p(Math.exp(-Math.abs(score)));
  }
}

function sigmoid(score: number): number {
  const tail = Math.exp(-Math.abs(score));
  return (score >= 0 ? 1 : tail) / (1 + tail);
}
