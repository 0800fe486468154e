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
