import type { Features } from "ml-logistic-regression";
import { Matrix } from "ml-matrix";
import { addPenalty, type PenalizedProblem } from "./penalized-problem.ts";
import type { Whitening } from "./whitening.ts";

/** Where each of the package's classifiers starts, in whitened units; null for one that shall rest. */
export type Starts = readonly (Float64Array | null)[];

/**
 * What ml-logistic-regression is given in place of a feature matrix.
 *
 * The package asks its features for two products only: the scores of its present weights, and the gradient of its
 * present errors. Answering them here, with its own loop and labels untouched, gives it what it lacks:
 * an intercept, row weights, the L2 penalty, well-conditioned units, a start other than zero, and classifiers that rest.
 * The package trains its classifiers in order, `steps` products each, which tells which one is asking.
 */
export function packageFeatures(
  problem: PenalizedProblem,
  whitening: Whitening,
  starts: Starts,
  steps: number,
): Features {
  const { design, rowWeights, totalWeight, penalty } = problem;
  const size = design.columns + 1;
  const resting = { scores: new Float64Array(design.rows), gradient: Matrix.zeros(size, 1) };
  const scores = new Float64Array(design.rows);
  const errors = new Float64Array(design.rows);
  const point = new Float64Array(size);
  const weights = new Float64Array(size);
  const gradient = new Float64Array(size);
  let asked = 0;
  let start: Float64Array | null = null;

  function scoresOf(moved: Matrix) {
    start = starts[Math.floor(asked++ / steps)] ?? null;
    if (start === null) return { to1DArray: () => resting.scores };
    for (let i = 0; i < size; i++) point[i] = start[i]! + moved.get(i, 0);
    whitening.toWeights(point, weights);
    design.multiply(weights, 1, scores);
    return { to1DArray: () => scores };
  }

  /** The package climbs the likelihood, so the penalized loss's gradient goes back with its sign turned. */
  function gradientOf(signals: Matrix) {
    if (start === null) return resting.gradient;
    for (let row = 0; row < errors.length; row++) errors[row] = -rowWeights[row]! * signals.get(row, 0);
    design.accumulate(errors, 1, gradient);
    addPenalty(weights, design.columns, penalty, gradient);
    whitening.toPointGradient(gradient);
    const column = Matrix.zeros(size, 1);
    for (let i = 0; i < size; i++) column.set(i, 0, -gradient[i]! / totalWeight);
    return column;
  }

  return { columns: size, mmul: scoresOf, transpose: () => ({ mmul: gradientOf }) };
}
