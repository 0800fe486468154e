import { describe, expect, it } from "vitest";
import { bootstrapBounds } from "../../../pipeline/stats/bootstrap-interval.ts";
import { acceleration } from "../../../pipeline/stats/jackknife.ts";
import { pairedBootstrap, pairedBootstraps, type WeightedStatistic } from "../../../pipeline/stats/paired-bootstrap.ts";
import { createRandom, type Random } from "../../../pipeline/stats/random.ts";
import { createClusterResampler, createResampler } from "../../../pipeline/stats/resample.ts";
import { studentReach, studentTwoSided } from "../../../pipeline/stats/student-distribution.ts";
import reference from "../../fixtures/reference/paired.json" with { type: "json" };
import { expectClose } from "./close-to.ts";

function weightedMean(values: ArrayLike<number>): WeightedStatistic {
  return (weights) => {
    let sum = 0;
    let total = 0;
    for (let i = 0; i < weights.length; i++) {
      sum += weights[i]! * values[i]!;
      total += weights[i]!;
    }
    return total > 0 ? sum / total : null;
  };
}

function resampleCounts(n: number, rng: Random, strata?: ArrayLike<number>): Float64Array {
  const counts = new Float64Array(n);
  createResampler(n, strata)(rng, counts);
  return counts;
}

describe("a resample", () => {
  it("draws as many rows as there are, in each stratum", () => {
    const strata = [0, 0, 0, 0, 0, 1, 1, 7];
    for (let seed = 0; seed < 50; seed++) {
      const counts = resampleCounts(8, createRandom(seed), strata);
      const within = (label: number) => counts.reduce((sum, count, i) => sum + (strata[i] === label ? count : 0), 0);
      expect([within(0), within(1), within(7)]).toEqual([5, 2, 1]);
    }
    expect(resampleCounts(8, createRandom(1)).reduce((sum, count) => sum + count, 0)).toBe(8);
    expect([...resampleCounts(0, createRandom(1))]).toEqual([]);
  });

  it("draws every row equally often", () => {
    const resample = createResampler(10);
    const random = createRandom(2);
    const counts = new Float64Array(10);
    const totals = new Float64Array(10);
    for (let round = 0; round < 5000; round++) {
      resample(random, counts);
      for (let i = 0; i < 10; i++) totals[i]! += counts[i]!;
    }
    // the standard deviation of a total is 67
    for (const total of totals) expect(Math.abs(total - 5000)).toBeLessThan(250);
  });

  it.each([-1, 1.5, Number.NaN])("refuses %d rows", (n) => {
    expect(() => createResampler(n)).toThrow(RangeError);
  });
  it("refuses strata of another length", () => {
    expect(() => createResampler(3, [1, 2])).toThrow(RangeError);
  });
});

describe("createClusterResampler", () => {
  const clusters = Int32Array.of(0, 1, 0, 2, 2, 2);

  it("draws whole clusters, as many as there are", () => {
    const resample = createClusterResampler(clusters);
    const counts = new Float64Array(6);
    for (let seed = 0; seed < 50; seed++) {
      resample(createRandom(seed), counts);
      expect([counts[0], counts[3], counts[3]]).toEqual([counts[2], counts[4], counts[5]]);
      expect(counts[0]! + counts[1]! + counts[3]!).toBe(3);
    }
  });
});

describe("pairedBootstrap with t standard errors", () => {
  const values = [1, 2, 3, 10, 4, 4, 0, 1, 1, 2];

  it("has the standard error of a mean, n − 1 included, and the interval of the t test", () => {
    const statistic = weightedMean(values);
    const rng = createRandom(3);
    const found = pairedBootstrap({ n: 10, rng, resamples: 50_000, statistic, method: "student" }).value!;
    const mean = 2.8;
    const error = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 90);
    expect(Math.abs(found.standardError / error - 1)).toBeLessThan(0.015);
    expect([found.low, found.high, found.method]).toEqual([
      expect.closeTo(mean - studentReach(0.95, 9) * found.standardError, 10),
      expect.closeTo(mean + studentReach(0.95, 9) * found.standardError, 10),
      "student",
    ]);
    expect(found.pValue).toBeCloseTo(studentTwoSided(mean / found.standardError, 9), 10);
  });

  it("knows no more from copies of every row when they are one cluster", () => {
    const twice = values.flatMap((value) => [value, value]);
    const clusters = Int32Array.from(twice, (_, row) => row >> 1);
    const options = { resamples: 1000, method: "student" } as const;
    const single = pairedBootstrap({ ...options, n: 10, rng: createRandom(3), statistic: weightedMean(values) });
    const double = pairedBootstrap({
      ...options,
      n: 20,
      clusters,
      rng: createRandom(3),
      statistic: weightedMean(twice),
    });
    expect(double.value?.standardError).toBeCloseTo(single.value!.standardError, 12);
  });

  it("is certain of what never differs, and has no answer for one cluster", () => {
    const options = { rng: createRandom(3), statistic: () => 0, method: "student", n: 4 } as const;
    expect(pairedBootstrap(options).value).toMatchObject({ low: 0, high: 0, pValue: 1, standardError: 0 });
    expect(pairedBootstrap({ ...options, clusters: new Int32Array(4) })).toEqual({
      value: null,
      reason: "needs at least two clusters",
    });
  });
});

describe(`pairedBootstrap against scipy ${reference.versions.scipy}.stats.bootstrap`, () => {
  const { values, ...expected } = reference.bootstrapMean;
  it.each(["bca", "percentile"] as const)("%s interval of a skewed mean", (method) => {
    const answer = pairedBootstrap({
      n: values.length,
      rng: createRandom(1),
      resamples: 20_000,
      statistic: weightedMean(values),
      method,
    }).value!;
    // a quantile of 20,000 replicates has a simulation error of about 1.5 % of the standard error
    const slack = 0.08 * expected.standardError;
    expect(answer.method).toBe(method);
    expect(Math.abs(answer.low - expected[method][0]!)).toBeLessThan(slack);
    expect(Math.abs(answer.high - expected[method][1]!)).toBeLessThan(slack);
    expect(Math.abs(answer.standardError / expected.standardError - 1)).toBeLessThan(0.03);
  });
});

describe("pairedBootstrap", () => {
  const differences = Float64Array.from({ length: 80 }, (_, i) => ((i * 37) % 11) - 4.2);
  const options = { n: 80, resamples: 500, statistic: weightedMean(differences) };

  it("repeats itself for a seed", () => {
    const answers = [1, 1, 2].map((seed) => pairedBootstrap({ ...options, rng: createRandom(seed) }));
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).not.toEqual(answers[2]);
  });

  it("answers several statistics as it answers each alone", () => {
    const statistics = [weightedMean(differences), weightedMean(differences.map((value) => value ** 2))];
    const all = (weights: Float64Array) => statistics.map((statistic) => statistic(weights));
    const together = pairedBootstraps({ n: 80, resamples: 300, rng: createRandom(5), statistics: all });
    const alone = statistics.map((statistic) =>
      pairedBootstrap({ n: 80, resamples: 300, rng: createRandom(5), statistic }),
    );
    expect(together).toEqual(alone);
  });

  it("excludes 0 from the bca interval of skewed rows exactly when p is below 5 %", () => {
    const skewed = Float64Array.from({ length: 25 }, (_, i) => Math.exp(((i * 7) % 25) / 6));
    const answers = Array.from({ length: 120 }, (_, step) => {
      const statistic = weightedMean(skewed.map((value) => value - step / 5));
      return pairedBootstrap({ n: 25, resamples: 2000, rng: createRandom(3), statistic }).value!;
    });
    for (const { low, high, pValue } of answers) {
      if (Math.abs(pValue - 0.05) > 0.003)
        expect({ pValue, out: low > 0 || high < 0 }).toEqual({ pValue, out: pValue < 0.05 });
    }
    const near = answers.filter(({ pValue }) => pValue > 0.01 && pValue < 0.15);
    expect(near.some(({ low }) => low > 0) && near.some(({ high }) => high < 0)).toBe(true);
  });

  it.each(["bca", "percentile"] as const)("excludes 0 from the %s interval exactly when p is below 5 %%", (method) => {
    for (let shift = 0; shift < 1.6; shift += 0.05) {
      const values = differences.map((value) => value + shift);
      const { low, high, pValue } = pairedBootstrap({
        ...options,
        rng: createRandom(3),
        statistic: weightedMean(values),
        method,
      }).value!;
      if (Math.abs(pValue - 0.05) > 0.005) expect(low > 0 || high < 0).toBe(pValue < 0.05);
    }
  });

  it("mirrors percentile intervals when the sides are swapped", () => {
    const forth = pairedBootstrap({ ...options, rng: createRandom(3), method: "percentile" }).value!;
    const back = pairedBootstrap({
      ...options,
      rng: createRandom(3),
      statistic: weightedMean(differences.map((value) => -value)),
      method: "percentile",
    }).value!;
    expectClose(back.low, -forth.high, 1e-9);
    expectClose(back.high, -forth.low, 1e-9);
    expectClose(back.pValue, forth.pValue, 1e-9);
  });

  it("narrows when classes keep their sizes", () => {
    const classes = differences.map((_, i) => i % 2);
    const statistic = weightedMean(classes);
    const plain = pairedBootstrap({ ...options, statistic, rng: createRandom(3) }).value!;
    const stratified = pairedBootstrap({ ...options, statistic, strata: classes, rng: createRandom(3) }).value!;
    expect(plain.standardError).toBeGreaterThan(0.04);
    expect(stratified).toMatchObject({ low: 0.5, high: 0.5, standardError: 0, estimate: 0.5 });
  });

  it("counts resamples without a value and leaves them out", () => {
    const rare = Float64Array.from({ length: 80 }, (_, i) => (i < 3 ? 1 : 0));
    const statistic: WeightedStatistic = (weights) => {
      const drawn = weights.reduce((sum, weight, i) => sum + weight * rare[i]!, 0);
      return drawn > 0 ? weights[0]! / drawn : null;
    };
    const answer = pairedBootstrap({ ...options, statistic, rng: createRandom(3) }).value!;
    // P(none of 3 rows in 80 draws) = (77/80)^80 = 4.7 %
    expect(answer.undefinedResamples).toBeGreaterThan(10);
    expect(answer.undefinedResamples).toBeLessThan(45);
    expect(answer.low).toBe(0);
  });

  const always = () => 1;
  it.each<[string, Partial<typeof options> & { level?: number }, string]>([
    ["no rows", { n: 0 }, "needs at least two rows"],
    ["one row", { n: 1 }, "needs at least two rows"],
    ["a level of 1", { level: 1 }, "the level must lie between 0 and 1, not 1"],
    ["an undefined statistic", { statistic: () => null as never }, "the statistic is undefined on all rows"],
    ["a statistic that is NaN", { statistic: () => Number.NaN }, "the statistic is undefined on all rows"],
    [
      "a statistic that is seldom defined",
      { statistic: (weights) => (weights.every((weight) => weight === 1) ? 1 : (null as never)) },
      "the statistic is undefined in 500 of 500 resamples",
    ],
  ])("has no answer for %s", (_, change, reason) => {
    expect(pairedBootstrap({ ...options, rng: createRandom(3), ...change })).toEqual({ value: null, reason });
  });

  it("gives an interval without width to a statistic that never varies", () => {
    expect(pairedBootstrap({ ...options, rng: createRandom(3), statistic: always }).value).toEqual({
      estimate: 1,
      low: 1,
      high: 1,
      level: 0.95,
      method: "bca",
      pValue: 2 / 501,
      standardError: 0,
      resamples: 500,
      undefinedResamples: 0,
    });
    expect(pairedBootstrap({ ...options, rng: createRandom(3), statistic: () => 0 }).value?.pValue).toBe(1);
  });
});

describe("bootstrapBounds", () => {
  it("falls back to percentile when the estimate lies outside all replicates", () => {
    const replicates = Float64Array.from({ length: 100 }, (_, i) => i + 1);
    expect(bootstrapBounds(replicates, 1000, { level: 0.9, method: "bca", acceleration: 0 })).toEqual({
      ...bootstrapBounds(replicates, 50, { level: 0.9, method: "percentile", acceleration: 0 }),
      method: "percentile",
    });
  });
});

describe("acceleration", () => {
  it("is a sixth of the skewness of the influences of a mean", () => {
    const values = [1, 2, 3, 10];
    const influence = values.map((value) => value - 4);
    const expected =
      influence.reduce((sum, u) => sum + u ** 3, 0) / (6 * influence.reduce((sum, u) => sum + u ** 2, 0) ** 1.5);
    expectClose(acceleration(4, weightedMean(values)), expected, 1e-12);
  });
  it("is close to its full value when rows are left out in groups", () => {
    const random = createRandom(8);
    const values = Float64Array.from({ length: 5000 }, () => Math.exp(random.normal()));
    const mean = values.reduce((sum, value) => sum + value, 0) / 5000;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const full = values.reduce((sum, value) => sum + (value - mean) ** 3, 0) / (6 * squares ** 1.5);
    expect(Math.abs(acceleration(5000, weightedMean(values)) - full)).toBeLessThan(0.005);
  });
  it("never leaves out a whole stratum of several rows", () => {
    // without strata every 200th row would go together, and rows 0 and 200 are the whole rare class
    const rare = Float64Array.from({ length: 400 }, (_, row) => (row % 200 === 0 ? 1 : 0));
    const remaining: number[] = [];
    const statistic: WeightedStatistic = (weights) => {
      remaining.push(weights.reduce((sum, weight, row) => sum + weight * rare[row]!, 0));
      return 1;
    };
    acceleration(400, statistic, rare);
    expect(Math.min(...remaining)).toBe(1);
  });
  it.each([
    ["a constant", () => 3],
    ["nothing", () => null],
  ])("is 0 for %s", (_, statistic) => {
    expect(acceleration(10, statistic)).toBe(0);
  });
});
