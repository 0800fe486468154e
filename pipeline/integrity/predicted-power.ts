import { rocAuc } from "../stats/roc-auc.ts";
import type { ExaminedSide } from "./examined-side.ts";

/** How well something predicts the target on hold-out rows. */
export interface PredictivePower {
  /** What `value` is: depends on the task. */
  measure: "ROC AUC" | "balanced accuracy" | "R²";
  /** 1 is a perfect prediction. */
  value: number;
  /** Hold-out rows it was measured on. */
  rows: number;
}

/** With fewer hold-out rows, or rows of a class, a perfect score may well be luck. */
export const fewestRows = 50;
const fewestOfClass = 10;

/**
 * Measures predictions of hold-out rows: for two classes scores of the second one, for more the class, for regression the value.
 * Null when fewer than 50 rows, or fewer than ten of two classes, leave too little to measure.
 */
export function powerOfPredictions(
  { task, classes, labels }: Pick<ExaminedSide, "task" | "classes" | "labels">,
  predicted: Float64Array,
  holdout: Int32Array,
): PredictivePower | null {
  if (holdout.length < fewestRows) return null;
  const actual = Float64Array.from(holdout, (row) => labels[row]!);
  const [measure, value] =
    task === "regression"
      ? (["R²", explainedVariance(predicted, actual)] as const)
      : classes.length === 2
        ? (["ROC AUC", aucOf(predicted, actual)] as const)
        : (["balanced accuracy", balancedAccuracy(predicted, actual, classes.length)] as const);
  return value === null ? null : { measure, value, rows: holdout.length };
}

/** 1 − squared error / variance; null when the target is constant. */
export function explainedVariance(predicted: Float64Array, actual: Float64Array): number | null {
  const mean = actual.reduce((known, value, i) => known + (value - known) / (i + 1), 0);
  const error = actual.reduce((sum, value, i) => sum + (value - predicted[i]!) ** 2, 0);
  const variance = actual.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const value = 1 - error / variance;
  return Number.isFinite(value) ? value : null;
}

/** Null when either class has too few rows. */
function aucOf(scores: Float64Array, actual: Float64Array): number | null {
  const positive = actual.reduce((sum, label) => sum + label, 0);
  if (positive < fewestOfClass || actual.length - positive < fewestOfClass) return null;
  return rocAuc(scores, actual).value;
}

/** Mean recall over the classes with enough rows. */
function balancedAccuracy(predicted: Float64Array, actual: Float64Array, classes: number): number | null {
  const sizes = new Float64Array(classes);
  const hits = new Float64Array(classes);
  for (let i = 0; i < actual.length; i++) {
    sizes[actual[i]!]! += 1;
    if (predicted[i] === actual[i]) hits[actual[i]!]! += 1;
  }
  let sum = 0;
  let counted = 0;
  for (let label = 0; label < classes; label++) {
    if (sizes[label]! < fewestOfClass) continue;
    sum += hits[label]! / sizes[label]!;
    counted++;
  }
  return counted < 2 ? null : sum / counted;
}
