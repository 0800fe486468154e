import { describe, expect, it } from "vitest";
import { swapTest } from "../../../pipeline/compare/swap-test.ts";
import { metrics } from "../../../pipeline/metrics/registry.ts";
import { mcNemar } from "../../../pipeline/stats/mcnemar.ts";
import { createRandom } from "../../../pipeline/stats/random.ts";
import { aSample } from "../../support/paired-samples.ts";

const p = (id: string, sample: ReturnType<typeof aSample>) => {
  const metric = metrics.get(id)!;
  return swapTest(metric, sample, metric.compute(sample.head).value! - metric.compute(sample.base).value!, 1);
};

/** Both models are right but for the first rows: `onlyBase` that only the base gets right, then `onlyHead`. */
function disagreeing(onlyBase: number, onlyHead: number) {
  const sample = aSample("binary", 60, { base: 0, head: 0 });
  const wrong = (from: number, to: number) =>
    sample.head.actual.map((actual, row) => (row >= from && row < to ? 1 - actual : actual)) as Int32Array;
  const base = { ...sample.base, predicted: wrong(onlyBase, onlyBase + onlyHead) };
  return { ...sample, base, head: { ...sample.head, predicted: wrong(0, onlyBase) } };
}

describe("swapTest", () => {
  it.each([
    [0, 0],
    [3, 0],
    [5, 0],
    [6, 1],
    [2, 7],
  ])("is the exact McNemar test of accuracy for %d and %d rows", (onlyBase, onlyHead) => {
    expect(p("accuracy", disagreeing(onlyBase, onlyHead))).toBeCloseTo(mcNemar(onlyBase, onlyHead).value!.pValue, 10);
  });

  it("looks at every swap of another metric when few rows differ", () => {
    // all three rows one way, or all the other way
    expect(p("matthews_corrcoef", disagreeing(3, 0))).toBe(0.25);
    expect(p("f1", disagreeing(0, 0))).toBe(1);
  });

  it("swaps whole groups", () => {
    const sample = { ...disagreeing(8, 0), groups: Int32Array.from({ length: 60 }, (_, row) => Math.floor(row / 4)) };
    expect([p("accuracy", sample), p("balanced_accuracy", sample)]).toEqual([0.5, 0.5]);
  });

  it.each(["f1", "roc_auc", "log_loss"])("rejects in about one of twenty samples when nothing differs: %s", (id) => {
    const random = createRandom(`swap ${id}`);
    let rejected = 0;
    for (let run = 0; run < 120; run++)
      if (p(id, aSample("binary", 30, { base: 0.8, head: 0.8, random })) < 0.05) rejected++;
    // 6 are expected, 14 have a probability of 0.3 %
    expect(rejected).toBeLessThan(14);
  });

  it.each([
    ["binary", "f1"],
    ["binary", "average_precision"],
    ["multiclass", "log_loss"],
    ["regression", "root_mean_squared_error"],
    ["regression", "median_absolute_error"],
  ] as const)("sees a much worse model (%s, %s)", (task, id) => {
    expect(p(id, aSample(task, 120, { base: 0.1, head: 3 }))).toBeLessThan(0.02);
  });

  it("can tell nothing from three rows, however wrong", () => {
    const sample = aSample("regression", 60, { base: 0, head: 0 });
    const predicted = sample.head.predicted.map((value, row) => (row < 3 ? value + 1e6 : value)) as Float64Array;
    expect(p("root_mean_squared_error", { ...sample, head: { ...sample.head, predicted } })).toBe(0.25);
  });
});
