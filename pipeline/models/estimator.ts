import { z } from "zod";
import type { Task } from "../metrics/metric.ts";
import type { fitSummary } from "./fit-summary.ts";

/** Row-major numbers, no NaN, no infinities: preprocessing has removed them. */
export interface Matrix {
  rows: number;
  columns: number;
  values: Float64Array;
}

export interface TrainingSet {
  features: Matrix;
  /** Class index per row, or the value for regression. */
  target: Int32Array | Float64Array;
  /** Number of classes; 0 for regression. */
  classes: number;
  task: Task;
}

export interface FitContext {
  seed: number;
  /** Share done in [0, 1]; called seldom. */
  onProgress?: (share: number) => void;
}

export interface FittedModel {
  /** Row-major rows × classes, rows sum to 1. For regression rows × 1 predicted values. */
  predictProbability(features: Matrix): Float64Array;
  /** Plain data from which `Estimator.restore` makes the same model. */
  toJSON(): SerializedEstimator;
  /** How the fit ended, for the lineage. */
  fit: z.infer<typeof fitSummary>;
}

export const serializedEstimatorSchema = z.looseObject({ type: z.string() });
export type SerializedEstimator = z.infer<typeof serializedEstimatorSchema>;

/** What decides how long a fit takes. */
export interface SetSize {
  rows: number;
  columns: number;
  classes: number;
  /** Columns with at most two different values, as encoded categories have. Absent: none is known to be. */
  binaryColumns?: number;
}

/** One estimator behind the one contract. Deterministic: the same set, options and seed give the same model. */
export interface Estimator<Options = unknown> {
  type: string;
  title: string;
  docs: string;
  tasks: readonly Task[];
  /** True when the seed changes the model. */
  random: boolean;
  /** Strict schema with defaults; generates the documentation and the editor schema. */
  options: z.ZodType<Options>;
  /** Why it would not fit a set of this size in reasonable time and memory, one sentence, or null. Asked before `fit`. */
  refuse?(size: SetSize, options: Options): string | null;
  /** The model keeps nothing of the set, whose memory may be freed afterwards. */
  fit(set: TrainingSet, options: Options, context: FitContext): FittedModel;
  restore(serialized: SerializedEstimator): FittedModel;
}

/**
 * Throws when a set breaks the contract that preprocessing and `train` keep: at least one row, matching lengths,
 * finite numbers, class indexes in range. Such a set is a mistake of ours, never of a person.
 */
export function checkSet({ features, target, classes }: TrainingSet): void {
  if (features.rows < 1) throw new Error("an estimator needs at least one row");
  if (features.values.length !== features.rows * features.columns)
    throw new Error("the features do not fit their size");
  if (target.length !== features.rows) throw new Error("features and target differ in length");
  if (!features.values.every(Number.isFinite)) throw new Error("every feature must be a finite number");
  const proper = classes === 0 ? Number.isFinite : (which: number) => which >= 0 && which < classes;
  if (!target.every(proper)) throw new Error("the target holds a value that is not allowed");
}
