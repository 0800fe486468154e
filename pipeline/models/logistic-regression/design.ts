import type { Matrix } from "../estimator.ts";
import { denseDesign } from "./dense-design.ts";
import { sparseDesign } from "./sparse-design.ts";

/**
 * The features with an intercept: what a linear model multiplies with its weights.
 * Weights are row-major outputs × (columns + 1), the intercept last.
 */
export interface Design {
  rows: number;
  columns: number;
  /** scores[row × outputs + k] = x_row · w_k + intercept_k. */
  multiply(weights: Float64Array, outputs: number, scores: Float64Array): void;
  /** gradient[k] = Σ_row errors[row × outputs + k] · (x_row, 1). */
  accumulate(errors: Float64Array, outputs: number, gradient: Float64Array): void;
  /**
   * Σ_row weight · (x, 1)(x, 1)ᵀ, row-major; only the lower triangle is filled. Every `stride`-th row stands for
   * `stride` rows: exact for 1, an estimate above.
   */
  gram(rowWeights: Float64Array, stride: number): Float64Array;
  /** Products that one of the other passes takes, and that an exact `gram` takes. */
  passCost: number;
  gramCost: number;
}

/** Below this share of nonzero values the compressed form is faster (one-hot columns are mostly zeros). */
const SPARSE_BELOW = 0.4;

/** Chooses the faster form for the data. Both add in the same order, column by column within a row. */
export function designOf(features: Matrix): Design {
  let nonzero = 0;
  for (let i = 0; i < features.values.length; i++) if (features.values[i] !== 0) nonzero++;
  return nonzero < SPARSE_BELOW * features.values.length ? sparseDesign(features, nonzero) : denseDesign(features);
}
