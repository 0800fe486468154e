import { describe, expect, it } from "vitest";
import { measureMetrics } from "../../../pipeline/compare/measure-metric.ts";
import type { PairedSample } from "../../../pipeline/compare/paired-sample.ts";
import type { Scored } from "../../../pipeline/metrics/metric.ts";
import { metrics } from "../../../pipeline/metrics/registry.ts";
import { normalCdf } from "../../../pipeline/stats/normal-distribution.ts";
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

/** Log-normal values, and predictions that are wrong by a factor: the largest errors weigh as much as all others. */
function drawHeavy(rows: number): PairedSample {
  const actual = Float64Array.from({ length: rows }, () => Math.exp(random.normal()));
  const side = (noise: number): Scored => ({
    task: "regression",
    actual,
    predicted: actual.map((value) => value * Math.exp(noise * random.normal())),
    probabilities: new Float64Array(0),
    classes: 0,
    positive: null,
  });
  const none = new Int32Array(0);
  return { rows, base: side(0.5), head: side(0.8), baseRows: none, headRows: none };
}

/** What `drawHeavy` has in the mean: the absolute error, the root of the squared one, the pinball loss at 10 %. */
function exactLosses(noise: number): [number, number, number] {
  const grown = Math.exp(noise ** 2 / 2);
  const [above, below] = [grown * normalCdf(noise) - 0.5, 0.5 - grown * normalCdf(-noise)];
  const square = Math.exp(2) * (1 - 2 * grown + Math.exp(2 * noise ** 2));
  return [Math.exp(0.5) * (above + below), Math.sqrt(square), Math.exp(0.5) * (0.9 * above + 0.1 * below)];
}

const options = { level: 0.95, resamples: 500, seed: 1 };
const runs = 500;
const percentages = (counts: number[]) => Object.fromEntries(ids.map((id, i) => [id, (100 * counts[i]!) / runs]));
const between = (low: number, high: number) =>
  expect.toSatisfy((percent: number) => percent >= low && percent <= high, `${low} to ${high}`);

describe("in simulation, with 500 samples (one standard error of a coverage is 1 point)", () => {
  it.each([
    { why: "two models of one quality", noise: [0.5, 0.5] as const, exceptions: { accuracy: between(91.5, 95.5) } },
    { why: "a worse model", noise: [0.3, 0.9] as const, exceptions: { average_precision: between(91, 95) } },
  ])("intervals of $why cover the truth in 93 to 97 % of the samples", ({ noise, exceptions }) => {
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
    expect(percentages(covered)).toEqual({
      ...Object.fromEntries(ids.map((id) => [id, between(93, 97)])),
      ...exceptions,
    });
  });

  it("intervals of heavy-tailed losses cover the truth less often", () => {
    const heavy = ["mean_absolute_error", "root_mean_squared_error", "mean_pinball_loss_10"];
    const losses = heavy.map((id) => metrics.get(id)!);
    const truth = exactLosses(0.8).map((loss, i) => loss - exactLosses(0.5)[i]!);
    const covered = heavy.map(() => 0);
    for (let run = 0; run < 200; run++) {
      for (const [i, { interval }] of measureMetrics(drawHeavy(200), losses, { ...options, seed: run }).entries()) {
        if (interval!.low <= truth[i]! && truth[i]! <= interval!.high) covered[i]!++;
      }
    }
    expect(covered.map((count) => count / 2)).toEqual([between(86, 94), between(60, 80), between(86, 94)]);
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
