import type { Scored } from "../metrics/metric.ts";

/** The metric whose mean over rows is `rowLosses`: bounded for classification, so that no single row makes a slice. */
export function rowLossMetric(task: Scored["task"]): "brier_score" | "mean_absolute_error" {
  return task === "regression" ? "mean_absolute_error" : "brier_score";
}

/**
 * One loss per row, lower is better: the squared error of the probabilities (of the positive class for two classes,
 * summed over the classes for more), or the absolute error of a regression.
 */
export function rowLosses({ task, actual, predicted, probabilities, classes, positive }: Scored): Float64Array {
  if (task === "regression") return Float64Array.from(actual, (value, row) => Math.abs(value - predicted[row]!));
  return Float64Array.from(actual, (label, row) => {
    let loss = 0;
    for (let which = 0; which < classes; which++) {
      if (task === "binary" && which !== (positive ?? 1)) continue;
      loss += (probabilities[row * classes + which]! - (label === which ? 1 : 0)) ** 2;
    }
    return loss;
  });
}
