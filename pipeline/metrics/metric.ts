import { z } from "zod";

export const taskSchema = z.enum(["binary", "multiclass", "regression"]);
export type Task = z.infer<typeof taskSchema>;

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
export const metricValueSchema = z.union([
  z.object({ value: z.number() }),
  z.object({ value: z.null(), reason: z.string() }),
]);
export type MetricValue = z.infer<typeof metricValueSchema>;

/** A loss per row, and how a metric follows from its mean. */
export interface RowLoss {
  /** One loss per row; lower is better, whatever the metric's direction. */
  of(scored: Scored): Float64Array;
  /** Numbers per row of the actual values alone, the same for every model, whose means the value takes as well. */
  truth?(scored: Scored): Float64Array[];
  /** The metric from the mean loss, followed by the means of `truth`. */
  value(means: readonly number[]): number;
  /** Its derivative by each of these means. */
  gradient(means: readonly number[]): readonly number[];
  /** Whether the value is linear in the mean loss: the difference of two models is then one of their mean losses. */
  linear: boolean;
}

/**
 * What a metric is a function of, which decides how well few rows know its difference.
 *
 * `means`: means over all rows, with a derivative; it has a `rowLoss`. `counts`: rows, or ranks, within each class, so it is
 * known as badly as the rarest one. `skewed`: the same, and its difference is skewed. `bins`: gaps of bins, which are too
 * large on few rows. `order`: the rows in the middle of an order.
 */
export type Smoothness = "means" | "counts" | "skewed" | "bins" | "order";

/**
 * What a metric stands for where nobody names one: `ranking` orders models, `signal` tells whether there is anything to
 * learn, `slices` is the loss by which slices are searched.
 */
export type MetricRole = "ranking" | "signal" | "slices";

/** One metric: a total function that says what it is. */
export interface Metric {
  /** snake_case as scikit-learn names it, for example `roc_auc`. */
  id: string;
  title: string;
  /** One or more sentences for the documentation, with the formula. */
  docs: string;
  /** Where tables show it, ascending; of equals the lesser id first. The bundled ones stand at 10, 20, …. */
  order: number;
  /** What else people write for it, in any case: `auc`, `pr auc`. */
  aliases: readonly string[];
  tasks: readonly Task[];
  needs: "labels" | "probabilities";
  direction: "higher" | "lower";
  /** The least and the largest value, ±Infinity where there is no bound; no difference exceeds their distance. */
  range: readonly [least: number, most: number];
  smoothness: Smoothness;
  /** The loss of each row, when value, mean difference and interval follow from it. */
  rowLoss: RowLoss | null;
  /**
   * A test that has a formula for independent rows. `mcnemar`: the metric is the share of rows whose class is right.
   * `delong`: for two classes it is the area under the ROC curve.
   */
  pairedTest: "mcnemar" | "delong" | null;
  /** The tasks for which it plays a role. One metric per task ranks, one searches slices; the first signal with a value counts. */
  roles: Partial<Record<MetricRole, readonly Task[]>>;
  /** `weights`: non-negative multiplicity per row (bootstrap); absent means one each. */
  compute(scored: Scored, weights?: Float64Array): MetricValue;
  /** The same for many weight vectors: what depends on the rows only (sorting, indexing) is done once. */
  prepare(scored: Scored): (weights?: Float64Array) => MetricValue;
}
