import { confusionMatrix } from "./metrics/confusion-matrix.ts";
import type { MetricValue, Scored, Task } from "./metrics/metric.ts";
import { metricsFor } from "./metrics/registry.ts";
import type { TrainingSet } from "./models/estimator.ts";

export interface Evaluation {
  /** By metric id, in display order; only the metrics that the task has. */
  metrics: Record<string, MetricValue>;
  /** Rows = actual, columns = predicted, in class order; null for regression. */
  confusion: number[][] | null;
}

/** Measures a model by what it said about rows whose answer is known. */
export function evaluate(scored: Scored): Evaluation {
  const metrics = Object.fromEntries(metricsFor(scored.task).map((metric) => [metric.id, metric.compute(scored)]));
  return { metrics, confusion: confusionMatrix(scored) };
}

/** Puts a model's answers beside the truth. `output` is what `FittedModel.predictProbability` returned. */
export function toScored(
  set: Pick<TrainingSet, "task" | "target" | "classes">,
  output: Float64Array,
  positive: number | null,
): Scored {
  return {
    task: set.task,
    actual: set.target,
    predicted: decide(set.task, output, set.classes),
    probabilities: set.task === "regression" ? new Float64Array(0) : output,
    classes: set.classes,
    positive,
  };
}

/**
 * The predicted class of each row is the most probable one; of equals, the first in class order. For two classes the
 * threshold is therefore 0.5. For regression the output is the prediction.
 */
export function decide(task: Task, output: Float64Array, classes: number): Int32Array | Float64Array {
  if (task === "regression") return output;
  const predicted = new Int32Array(output.length / classes);
  for (let row = 0; row < predicted.length; row++) {
    let best = 0;
    for (let which = 1; which < classes; which++) {
      if (output[row * classes + which]! > output[row * classes + best]!) best = which;
    }
    predicted[row] = best;
  }
  return predicted;
}
