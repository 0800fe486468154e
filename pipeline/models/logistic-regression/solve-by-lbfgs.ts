import { type MinimizeOptions, minimize } from "./lbfgs.ts";
import type { LinearClassifier } from "./linear-classifier.ts";
import { logitLoss, softmaxLoss } from "./loss.ts";
import { addPenalty, type PenalizedProblem } from "./penalized-problem.ts";
import { whitenCheaply } from "./whitening.ts";

/**
 * Fits by L-BFGS: one logit for two classes, softmax for any other number. The objective is
 * (Σ loss + ‖w‖² / 2C) / Σ row weights.
 *
 * The search runs in whitened units (see whitening.ts): on one-hot data this takes a tenth of the iterations. The
 * tolerance applies to the gradient of the mean loss in those units, where a component g promises a gain of about g²/2.
 */
export function solveByLbfgs(problem: PenalizedProblem, options: MinimizeOptions): LinearClassifier {
  const { design, actual, classes, rowWeights, totalWeight, penalty } = problem;
  const binary = classes === 2;
  const outputs = binary ? 1 : classes;
  const loss = binary ? logitLoss(Uint8Array.from(actual), rowWeights) : softmaxLoss(actual, classes, rowWeights);
  const scores = new Float64Array(design.rows * outputs);
  const start = new Float64Array(outputs * (design.columns + 1));
  const whitening = whitenCheaply(problem);
  const weights = new Float64Array(start.length);
  const minimum = minimize(
    (point, gradient) => {
      whitening.toWeights(point, weights);
      design.multiply(weights, outputs, scores);
      const sum = loss(scores);
      design.accumulate(scores, outputs, gradient);
      const value = sum + addPenalty(weights, design.columns, penalty, gradient);
      whitening.toPointGradient(gradient);
      for (let i = 0; i < gradient.length; i++) gradient[i]! /= totalWeight;
      return value / totalWeight;
    },
    start,
    options,
  );
  whitening.toWeights(minimum.point, weights);
  return {
    type: "logistic-regression",
    link: binary ? "logit" : "softmax",
    classes,
    columns: design.columns,
    weights: [...weights],
    fit: { iterations: minimum.iterations, converged: minimum.converged, objective: minimum.value },
  };
}
