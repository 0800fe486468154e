import { describe, expect, it } from "vitest";
import { measureMetrics } from "../../../pipeline/compare/measure-metric.ts";
import type { PairedSample } from "../../../pipeline/compare/paired-sample.ts";
import type { Scored } from "../../../pipeline/metrics/metric.ts";
import { metrics } from "../../../pipeline/metrics/registry.ts";
import { createRandom } from "../../../pipeline/stats/random.ts";

const random = createRandom("simulation");
const ids = ["accuracy", "f1", "roc_auc", "average_precision", "log_loss"];
const measured = ids.map((id) => metrics.get(id)!);

/** Rows of one truth, scored by two models with this much noise each. */
function draw(rows: number, baseNoise: number, headNoise: number): PairedSample {
  const actual = new Int32Array(rows);
  const side = (): Scored => ({
    task: "binary",
    actual,
    predicted: new Int32Array(rows),
    probabilities: new Float64Array(2 * rows),
    classes: 2,
    positive: 1,
  });
  const [base, head] = [side(), side()];
  for (let row = 0; row < rows; row++) {
    const signal = 1.5 * random.normal() - 0.5;
    actual[row] = random.uniform() < 1 / (1 + Math.exp(-2 * signal)) ? 1 : 0;
    for (const [scored, noise] of [[base, baseNoise] as const, [head, headNoise] as const]) {
      const positive = 1 / (1 + Math.exp(-2 * (signal + noise * random.normal())));
      scored.predicted[row] = positive > 0.5 ? 1 : 0;
      scored.probabilities.set([1 - positive, positive], 2 * row);
    }
  }
  const none = new Int32Array(0);
  return { rows, base, head, baseRows: none, headRows: none };
}

const options = { level: 0.95, resamples: 250, seed: 1 };
const runs = 250;
const percentages = (counts: number[]) => Object.fromEntries(ids.map((id, i) => [id, (100 * counts[i]!) / runs]));

describe("in simulation, with 250 samples (one standard error of a coverage is 1.4 points)", () => {
  it.each([
    { why: "two models of one quality", noise: [0.5, 0.5] as const },
    { why: "a worse model", noise: [0.3, 0.9] as const },
  ])("intervals of $why cover the truth in about 95 % of the samples", ({ noise }) => {
    const population = draw(200_000, noise[0], noise[1]);
    const truth = measured.map((metric) => {
      const [base, head] = [metric.compute(population.base), metric.compute(population.head)];
      return head.value! - base.value!;
    });
    const covered = ids.map(() => 0);
    for (let run = 0; run < runs; run++) {
      for (const [i, { interval }] of measureMetrics(draw(200, noise[0], noise[1]), measured, {
        ...options,
        seed: run,
      }).entries()) {
        if (interval!.low <= truth[i]! && truth[i]! <= interval!.high) covered[i]!++;
      }
    }
    const about95 = expect.toSatisfy((percent: number) => percent >= 91 && percent <= 99);
    expect(percentages(covered)).toEqual(Object.fromEntries(ids.map((id) => [id, about95])));
  });

  it("p-values are about uniform when nothing differs", () => {
    const below = { quarter: ids.map(() => 0), twentieth: ids.map(() => 0) };
    for (let run = 0; run < runs; run++) {
      for (const [i, { p }] of measureMetrics(draw(200, 0.5, 0.5), measured, { ...options, seed: run }).entries()) {
        if (p! < 0.25) below.quarter[i]!++;
        if (p! < 0.05) below.twentieth[i]!++;
      }
    }
    // the exact McNemar test is conservative, so accuracy may stay below
    const within = (low: number, high: number) =>
      Object.fromEntries(
        ids.map((id) => [
          id,
          expect.toSatisfy((percent: number) => percent >= (id === "accuracy" ? 0 : low) && percent <= high),
        ]),
      );
    expect([percentages(below.quarter), percentages(below.twentieth)]).toEqual([within(16, 34), within(1, 9.5)]);
  });
});
