/**
 * How often intervals of metric differences cover the truth, by method: quantiles of the bootstrap (percentile), bias-corrected
 * and accelerated ones (BCa), and what reviews use. The figures of docs/statistics.md.
 *
 *     node bench/interval-coverage.ts [SAMPLES] [ROWS]
 */
import { measureMetrics } from "../pipeline/compare/measure-metric.ts";
import type { PairedSample } from "../pipeline/compare/paired-sample.ts";
import { differencesOf } from "../pipeline/compare/resampled-evidence.ts";
import type { Metric, Scored } from "../pipeline/metrics/metric.ts";
import { metricsFor } from "../pipeline/metrics/registry.ts";
import { pairedBootstraps } from "../pipeline/stats/paired-bootstrap.ts";
import { createRandom } from "../pipeline/stats/random.ts";

const [samples = 500, rows = 200] = process.argv.slice(2).map(Number);
const resamples = 500;
const random = createRandom("coverage");
const none = new Int32Array(0);

const populations: Record<string, (count: number) => PairedSample> = {
  "two classes, equal models": (count) => ofClasses(count, 0.5, 0.5),
  "two classes, a worse model": (count) => ofClasses(count, 0.3, 0.9),
  "normal errors": (count) =>
    ofNumbers(
      count,
      () => 10 + 3 * random.normal(),
      (value, noise) => value + noise * random.normal(),
      [1, 1.2],
    ),
  "log-normal targets, σ 0.4": (count) => ofFactors(count, () => Math.exp(0.4 * random.normal()), [0.15, 0.2]),
  "exponential targets": (count) => ofFactors(count, () => 0.1 - Math.log(1 - random.uniform()), [0.3, 0.4]),
  "log-normal targets, σ 1": (count) => ofFactors(count, () => Math.exp(random.normal()), [0.5, 0.8]),
};

function ofClasses(count: number, ...noises: [number, number]): PairedSample {
  const signals = Float64Array.from({ length: count }, () => 1.5 * random.normal() - 0.5);
  const actual = Int32Array.from(signals, (signal) => (random.uniform() < 1 / (1 + Math.exp(-2 * signal)) ? 1 : 0));
  const [base, head] = noises.map((noise): Scored => {
    const says = signals.map((signal) => 1 / (1 + Math.exp(-2 * (signal + noise * random.normal()))));
    const probabilities = Float64Array.from({ length: 2 * count }, (_, i) =>
      i % 2 === 1 ? says[i >> 1]! : 1 - says[i >> 1]!,
    );
    return {
      task: "binary",
      actual,
      predicted: Int32Array.from(says, Math.round),
      probabilities,
      classes: 2,
      positive: 1,
    };
  }) as [Scored, Scored];
  return { rows: count, base, head, baseRows: none, headRows: none };
}

function ofFactors(count: number, draw: () => number, noises: [number, number]): PairedSample {
  return ofNumbers(count, draw, (value, noise) => value * Math.exp(noise * random.normal()), noises);
}

function ofNumbers(
  count: number,
  draw: () => number,
  predict: (value: number, noise: number) => number,
  noises: [number, number],
): PairedSample {
  const actual = Float64Array.from({ length: count }, draw);
  const [base, head] = noises.map((noise): Scored => {
    const predicted = actual.map((value) => predict(value, noise));
    return { task: "regression", actual, predicted, probabilities: new Float64Array(0), classes: 0, positive: null };
  }) as [Scored, Scored];
  return { rows: count, base, head, baseRows: none, headRows: none };
}

const differenceIn = ({ base, head }: PairedSample, metric: Metric, weights?: Float64Array): number | null => {
  const [before, after] = [metric.compute(base, weights).value, metric.compute(head, weights).value];
  return before === null || after === null ? null : after - before;
};

for (const [name, draw] of Object.entries(populations)) {
  const metrics = metricsFor(draw(2).head.task);
  const truth = metrics.map(() => 0);
  for (let part = 0; part < 10; part++) {
    const population = draw(200_000);
    for (const [i, metric] of metrics.entries()) truth[i]! += differenceIn(population, metric)! / 10;
  }
  const table = metrics.map(() => ({ percentile: 0, bca: 0, reviews: 0, cautioned: 0 }));
  for (let run = 0; run < samples; run++) {
    const sample = draw(rows);
    const covers = (i: number, low: number, high: number) =>
      low <= truth[i]! && truth[i]! <= high ? 100 / samples : 0;
    const values = metrics.map((metric) => ({
      metric,
      base: metric.compute(sample.base),
      head: metric.compute(sample.head),
    }));
    const statistics = differencesOf(values, sample);
    for (const method of ["percentile", "bca"] as const) {
      const found = pairedBootstraps({ n: rows, rng: createRandom(run), resamples, method, statistics });
      for (const [i, { value }] of found.entries()) if (value) table[i]![method] += covers(i, value.low, value.high);
    }
    for (const [i, one] of measureMetrics(sample, metrics, { level: 0.95, resamples, seed: run }).entries()) {
      if (one.interval) table[i]!.reviews += covers(i, one.interval.low, one.interval.high);
      if (one.caution) table[i]!.cautioned += 100 / samples;
    }
  }
  process.stdout.write(`\n${name}, ${rows} rows, ${samples} samples: percent of intervals that cover the truth\n`);
  for (const [i, { id }] of metrics.entries()) {
    const cellsOf = Object.entries(table[i]!).map(([method, share]) => `${method} ${share.toFixed(1).padStart(5)}`);
    process.stdout.write(`  ${id.padEnd(32)}${cellsOf.join("   ")}\n`);
  }
}
