/**
 * How often intervals of metric differences cover the truth, by method: quantiles of the bootstrap (percentile), bias-corrected
 * and accelerated ones (BCa), and what reviews use. The figures of docs/statistics.md:
 *
 *     npm run simulate -- interval-coverage
 */
import { measureMetrics } from "../pipeline/compare/measure-metric.ts";
import type { PairedSample } from "../pipeline/compare/paired-sample.ts";
import { differencesOf } from "../pipeline/compare/resampled-evidence.ts";
import type { Metric, Scored } from "../pipeline/metrics/metric.ts";
import { metricsFor } from "../pipeline/metrics/registry.ts";
import { pairedBootstraps } from "../pipeline/stats/paired-bootstrap.ts";
import { createRandom, type Random } from "../pipeline/stats/random.ts";
import { aSample } from "../test/support/paired-samples.ts";
import type { SimulationResult } from "./simulation-result.ts";

const samples = 200;
const rows = 200;
const resamples = 400;
const none = new Int32Array(0);

/** Shown, not promised: the largest errors weigh as much as all others, and reviews say so by a caution. */
const tooHeavy = "log-normal targets, σ 1";

type Population = (count: number, random: Random) => PairedSample;

const populations: Record<string, Population> = {
  "two classes, equal models": (count, random) => ofClasses(count, random, [0.5, 0.5]),
  "two classes, a worse model": (count, random) => ofClasses(count, random, [0.3, 0.9]),
  "three classes, equal models": (count, random) => aSample("multiclass", count, { base: 0.5, head: 0.5, random }),
  "three classes, a worse model": (count, random) => aSample("multiclass", count, { base: 0.4, head: 0.8, random }),
  "normal errors": (count, random) =>
    ofNumbers(
      count,
      () => 10 + 3 * random.normal(),
      (value, noise) => value + noise * random.normal(),
      [1, 1.2],
    ),
  "log-normal targets, σ 0.4": (count, random) =>
    ofFactors(count, random, () => Math.exp(0.4 * random.normal()), [0.15, 0.2]),
  "exponential targets": (count, random) =>
    ofFactors(count, random, () => 0.1 - Math.log(1 - random.uniform()), [0.3, 0.4]),
  [tooHeavy]: (count, random) => ofFactors(count, random, () => Math.exp(random.normal()), [0.5, 0.8]),
};

/** Few rows decide, or the estimate is biased: reviews say so by a caution, and promise no coverage. */
const cautionedEnough = 50;

function ofClasses(count: number, random: Random, noises: [number, number]): PairedSample {
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

function ofFactors(count: number, random: Random, draw: () => number, noises: [number, number]): PairedSample {
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

/** The difference among very many rows. */
function truthOf(draw: Population, metrics: readonly Metric[], random: Random): number[] {
  const truth = metrics.map(() => 0);
  for (let part = 0; part < 5; part++) {
    const population = draw(200_000, random);
    for (const [i, metric] of metrics.entries()) truth[i]! += differenceIn(population, metric)! / 5;
  }
  return truth;
}

/** The difference of each metric as one function of the rows' weights. */
function statisticsOf(sample: PairedSample, metrics: Metric[]) {
  const values = metrics.map((metric) => ({
    metric,
    base: metric.compute(sample.base),
    head: metric.compute(sample.head),
  }));
  return differencesOf(values, sample);
}

/** Percent of the intervals that cover the truth, by population, metric and method. */
export default async function intervalCoverage(seed: number): Promise<SimulationResult> {
  const random = createRandom(`coverage ${seed}`);
  const found: SimulationResult["rows"] = [];
  let passed = true;
  for (const [population, draw] of Object.entries(populations)) {
    const metrics = metricsFor(draw(2, random).head.task);
    const truth = truthOf(draw, metrics, random);
    const table = metrics.map(() => ({ percentile: 0, bca: 0, reviews: 0, cautioned: 0 }));
    for (let run = 0; run < samples; run++) {
      const sample = draw(rows, random);
      const covers = (i: number, low: number, high: number) => (low <= truth[i]! && truth[i]! <= high ? 1 : 0);
      const statistics = statisticsOf(sample, metrics);
      for (const method of ["percentile", "bca"] as const) {
        const intervals = pairedBootstraps({ n: rows, rng: createRandom(seed + run), resamples, method, statistics });
        for (const [i, { value }] of intervals.entries()) {
          if (value) table[i]![method] += covers(i, value.low, value.high);
        }
      }
      const options = { level: 0.95, resamples, seed: seed + run };
      for (const [i, { interval, caution }] of measureMetrics(sample, metrics, options).entries()) {
        if (interval) table[i]!.reviews += covers(i, interval.low, interval.high);
        if (caution) table[i]!.cautioned += 1;
      }
    }
    for (const [i, { id }] of metrics.entries()) {
      const percent = (count: number) => Math.round((1000 * count) / samples) / 10;
      const { percentile, bca, reviews, cautioned } = table[i]!;
      const row = { reviews: percent(reviews), cautioned: percent(cautioned) };
      // 92 to 98 %, and two standard errors of a coverage in so many samples on either side
      const error = 200 * Math.sqrt((0.95 * 0.05) / samples);
      const kept = row.reviews >= 92 - error && row.reviews <= 98 + error;
      const exempt = row.cautioned > cautionedEnough || population === tooHeavy;
      passed &&= kept || exempt;
      const promise = exempt ? "none" : kept ? "kept" : "broken";
      found.push({ population, metric: id, percentile: percent(percentile), bca: percent(bca), ...row, promise });
    }
  }
  return {
    title: `Coverage of 95 % intervals of metric differences, ${rows} rows, ${samples} samples`,
    command: `npm run simulate -- --seed ${seed} interval-coverage`,
    rows: found,
    passed,
  };
}
