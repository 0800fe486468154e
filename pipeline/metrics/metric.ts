export type Task = "binary" | "multiclass" | "regression";

/** What a metric is computed from. Arrays are parallel over rows. */
export interface Scored {
  task: Task;
  /** Class index per row (classification) or the value itself (regression). */
  actual: Int32Array | Float64Array;
  /** Predicted class index per row, or the predicted value. */
  predicted: Int32Array | Float64Array;
  /** Row-major rows × classes, each row sums to 1; empty for regression. */
  probabilities: Float64Array;
  classes: number;
  /** Index of the positive class for binary tasks, else null. */
  positive: number | null;
}

/** A number, or why there is none. Never NaN. */
export type MetricValue = { value: number } | { value: null; reason: string };

/** One metric: a total function with a direction. */
export interface Metric {
  /** snake_case as scikit-learn names it, for example `roc_auc`. */
  id: string;
  title: string;
  direction: "higher" | "lower";
  needs: "labels" | "probabilities";
  tasks: readonly Task[];
  /** One sentence for the documentation, with the formula. */
  docs: string;
  /** `weights`: non-negative multiplicity per row (bootstrap); absent means one each. */
  compute(scored: Scored, weights?: Float64Array): MetricValue;
  /**
   * Optional fast path for the bootstrap: sorts once, then evaluates many weight vectors in O(rows).
   * Must agree with `compute` to 1e-12.
   */
  prepare?(scored: Scored): (weights: Float64Array) => MetricValue;
}
