import type { PenalizedProblem } from "./penalized-problem.ts";

/**
 * A change of units under which the penalized loss is well conditioned. A point is row-major like the weights:
 * outputs × (columns + 1).
 */
export interface Whitening {
  /** The weights that a point stands for. */
  toWeights(point: Float64Array, weights: Float64Array): void;
  /** Turns the gradient by weights into the gradient by point, in place. */
  toPointGradient(gradient: Float64Array): void;
}

/**
 * Units in which the bound A = (¼ Σ weight · xxᵀ + penalty) / Σ weight of the mean logit loss's second derivative
 * (Böhning & Lindsay 1988) is the identity, so that a gradient step of length one can never overshoot. With A = LLᵀ a
 * point is Lᵀ · weights. Correlated and rare columns, which one-hot encoding makes, then cost no extra iterations.
 *
 * @param stride 1 for the exact bound; above, an estimate from every `stride`-th row, which bounds nothing
 */
export function whiten(problem: PenalizedProblem, stride: number): Whitening {
  const { design, rowWeights, totalWeight, penalty } = problem;
  const size = design.columns + 1;
  const factor = design.gram(rowWeights, stride);
  for (let i = 0; i < factor.length; i++) factor[i]! /= 4 * totalWeight;
  for (let i = 0; i < design.columns; i++) factor[i * size + i]! += penalty / totalWeight;
  factorize(factor, size);
  return {
    toWeights(point, weights) {
      for (let base = 0; base < point.length; base += size) {
        for (let i = size - 1; i >= 0; i--) {
          let sum = point[base + i]!;
          for (let k = i + 1; k < size; k++) sum -= factor[k * size + i]! * weights[base + k]!;
          weights[base + i] = sum / factor[i * size + i]!;
        }
      }
    },
    toPointGradient(gradient) {
      for (let base = 0; base < gradient.length; base += size) {
        for (let i = 0; i < size; i++) {
          let sum = gradient[base + i]!;
          for (let k = 0; k < i; k++) sum -= factor[i * size + k]! * gradient[base + k]!;
          gradient[base + i] = sum / factor[i * size + i]!;
        }
      }
    },
  };
}

/** The weights as they are: for wide data, where whitening would cost more than it saves. */
const unchanged: Whitening = {
  toWeights: (point, weights) => weights.set(point),
  toPointGradient: () => {},
};

const MAX_COLUMNS = 512;
/** What an estimate may cost, in passes over the data, as long as it keeps this many rows per column. */
const PASSES = 2;
const ROWS_PER_COLUMN = 50;

/** Whitens by an estimate that is cheap beside the fit; not at all above 512 columns. */
export function whitenCheaply(problem: PenalizedProblem): Whitening {
  const { design } = problem;
  if (design.columns > MAX_COLUMNS) return unchanged;
  const wanted = Math.floor(design.gramCost / (PASSES * design.passCost));
  const allowed = Math.floor(design.rows / (ROWS_PER_COLUMN * (design.columns + 1)));
  return whiten(problem, Math.max(1, Math.min(wanted, allowed)));
}

/**
 * Cholesky factor in place, lower triangle. A pivot that rounding made (nearly) zero belongs to a column that the
 * others explain; it is kept at a small positive size, which only makes that direction slower.
 */
function factorize(matrix: Float64Array, size: number): void {
  let most = 0;
  for (let i = 0; i < size; i++) most = Math.max(most, matrix[i * size + i]!);
  const least = Math.max(most, Number.MIN_VALUE) * 1e-12;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= matrix[i * size + k]! * matrix[j * size + k]!;
      matrix[i * size + j] = i === j ? Math.sqrt(Math.max(sum, least)) : sum / matrix[j * size + j]!;
    }
  }
}
