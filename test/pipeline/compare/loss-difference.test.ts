import { describe, expect, it } from "vitest";
import { lossDifferences, smoothDifference } from "../../../pipeline/compare/loss-difference.ts";
import type { RowLoss, Task } from "../../../pipeline/metrics/metric.ts";
import { metricsFor } from "../../../pipeline/metrics/registry.ts";
import { aSample } from "../../support/paired-samples.ts";

const tasks: Task[] = ["binary", "multiclass", "regression"];
const cases = tasks.flatMap((task) =>
  metricsFor(task).flatMap((metric) =>
    metric.rowLoss === null ? [] : [{ task, metric, id: metric.id, rowLoss: metric.rowLoss }],
  ),
);

/** No metric of ours is both: the root of a mean loss over a mean of the actual values. */
const relativeRoot: RowLoss = {
  of: ({ actual, predicted }) =>
    Float64Array.from(actual as Float64Array, (value, row) => (value - predicted[row]!) ** 2),
  truth: ({ actual }) => [Float64Array.from(actual)],
  value: ([loss, size]) => Math.sqrt(loss!) / size!,
  gradient: ([loss, size]) => [0.5 / Math.sqrt(loss!) / size!, -Math.sqrt(loss!) / size! ** 2],
  linear: false,
};

function expectSmooth(rowLoss: RowLoss, sample: ReturnType<typeof aSample>, difference: number) {
  const { terms, value, gradient } = smoothDifference(rowLoss, sample);
  const means = terms.map((term) => term.reduce((sum, one) => sum + one, 0) / sample.rows);
  expect(value(means)).toBeCloseTo(difference, 12);
  // a resample's means are others: those of the actual values around their mean are no longer 0
  for (const at of [means, means.map((mean) => mean + 0.1)]) {
    const slopes = at.map((_, i) => {
      const [up, down] = [1e-6, -1e-6].map((step) => value(at.map((mean, j) => (i === j ? mean + step : mean))));
      return (up! - down!) / 2e-6;
    });
    expect(gradient(at)).toEqual(slopes.map((slope) => expect.closeTo(slope, 5)));
  }
}

describe("smoothDifference", () => {
  it.each(cases)("$id ($task) is the metric's difference, with its derivatives", ({ task, metric, rowLoss }) => {
    const sample = aSample(task, 40);
    const difference = metric.compute(sample.head).value! - metric.compute(sample.base).value!;
    expectSmooth(rowLoss, sample, difference);
  });

  it("follows a value that is not linear in the loss and looks at the actual values", () => {
    const sample = aSample("regression", 40);
    const [base, head] = [sample.base, sample.head].map((side) => {
      const means = [relativeRoot.of(side), ...relativeRoot.truth!(side)];
      return relativeRoot.value(means.map((term) => term.reduce((sum, one) => sum + one, 0) / 40));
    });
    expectSmooth(relativeRoot, sample, head! - base!);
  });

  it.each(cases)("$id ($task) gets worse when the sum of the rows' losses rises", ({ task, metric, rowLoss }) => {
    const sample = aSample(task, 40);
    const losses = lossDifferences(rowLoss, sample).reduce((sum, one) => sum + one, 0);
    const change = metric.compute(sample.head).value! - metric.compute(sample.base).value!;
    expect(Math.sign(losses)).toBe(Math.sign(metric.direction === "higher" ? -change : change));
  });
});
