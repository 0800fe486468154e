import type { Metric, Scored } from "../metrics/metric.ts";
import { metricsAs } from "../metrics/registry.ts";
import type { Gap } from "./model-comparison.ts";

/**
 * What tells whether there is a signal, whatever the models are ranked by: a metric in which a model that knows nothing is
 * no better than the baseline. In the F1 score it is: the baseline names one class only, and whoever names the others at
 * random as well scores more. Classes: ROC AUC, in which both are at ½; log loss where a class has no hold-out row, so
 * that there is no area. Numbers: R².
 */
export function signalMetric(baseline: Scored): Metric {
  const signals = metricsAs("signal", baseline.task);
  return signals.find((metric) => metric.compute(baseline).value !== null) ?? signals.at(-1)!;
}

/** Whether any candidate beats the baseline beyond chance; null when none could be tested. */
export function findSignal(toBaseline: readonly (Gap | null)[], metric: Pick<Metric, "direction">): boolean | null {
  const tested = toBaseline.filter((gap) => gap !== null && gap.p !== null) as Gap[];
  return tested.length === 0 ? null : tested.some((gap) => beatsBaseline(gap, metric));
}

/** Whether a candidate is told apart from the baseline, and better. */
export function beatsBaseline(toBaseline: Gap | null, { direction }: Pick<Metric, "direction">): boolean {
  if (toBaseline === null || !toBaseline.toldApart) return false;
  return toBaseline.difference > 0 === (direction === "higher");
}
