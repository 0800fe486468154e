import { describe, expect, it } from "vitest";
import { lossDifferences, smoothDifference, smoothMetrics } from "../../../pipeline/compare/mean-terms.ts";
import type { Task } from "../../../pipeline/metrics/metric.ts";
import { metrics, metricsFor } from "../../../pipeline/metrics/registry.ts";
import { aSample } from "../../support/paired-samples.ts";

const tasks: Task[] = ["binary", "multiclass", "regression"];
const cases = tasks.flatMap((task) =>
  metricsFor(task)
    .filter(({ id }) => smoothMetrics.has(id))
    .map((metric) => ({ task, metric, id: metric.id })),
);

describe("smoothDifference", () => {
  it.each(cases)("$id ($task) is the metric's difference, with its derivatives", ({ task, metric, id }) => {
    const sample = aSample(task, 40);
    const { terms, value, gradient } = smoothDifference(id, sample)!;
    const means = terms.map((term) => term.reduce((sum, one) => sum + one, 0) / sample.rows);
    expect(value(means)).toBeCloseTo(metric.compute(sample.head).value! - metric.compute(sample.base).value!, 12);
    const slopes = means.map((_, i) => {
      const [up, down] = [1e-6, -1e-6].map((step) => value(means.map((mean, j) => (i === j ? mean + step : mean))));
      return (up! - down!) / 2e-6;
    });
    expect(gradient(means)).toEqual(slopes.map((slope) => expect.closeTo(slope, 5)));
  });

  it.each(cases)("$id ($task) gets worse when the sum of the rows' losses rises", ({ task, metric, id }) => {
    const sample = aSample(task, 40);
    const losses = lossDifferences(id, sample)!.reduce((sum, one) => sum + one, 0);
    const change = metric.compute(sample.head).value! - metric.compute(sample.base).value!;
    expect(Math.sign(losses)).toBe(Math.sign(metric.direction === "higher" ? -change : change));
  });

  it("leaves the metrics that are no functions of means to the bootstrap", () => {
    const others = [...metrics.keys()].filter((id) => !smoothMetrics.has(id));
    expect(others).toEqual([
      "balanced_accuracy",
      "precision",
      "recall",
      "f1",
      "precision_macro",
      "recall_macro",
      "f1_macro",
      "roc_auc",
      "average_precision",
      "expected_calibration_error",
      "matthews_corrcoef",
      "median_absolute_error",
    ]);
    expect(others.map((id) => smoothDifference(id, aSample("binary", 20)))).toEqual(others.map(() => null));
  });
});
