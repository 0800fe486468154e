import { describe, expect, it } from "vitest";
import { chiSquareTest } from "../../../pipeline/stats/chi-square-test.ts";
import { deLong } from "../../../pipeline/stats/delong.ts";
import { kolmogorovSmirnov } from "../../../pipeline/stats/kolmogorov-smirnov.ts";
import { mannWhitney } from "../../../pipeline/stats/mann-whitney.ts";
import { mcNemar } from "../../../pipeline/stats/mcnemar.ts";
import { minimumDetectableEffect } from "../../../pipeline/stats/minimum-detectable-effect.ts";
import { numericSample } from "../../../pipeline/stats/numeric-sample.ts";
import { pairedBootstrap } from "../../../pipeline/stats/paired-bootstrap.ts";
import { pairedPermutationTest } from "../../../pipeline/stats/permutation-test.ts";
import { createRandom, type Random } from "../../../pipeline/stats/random.ts";
import { rankScores } from "../../../pipeline/stats/ranked-scores.ts";
import { rocAucRanked } from "../../../pipeline/stats/roc-auc.ts";
import { twoProportionZ } from "../../../pipeline/stats/two-proportion-z.ts";

const draw = (n: number, next: () => number) => Float64Array.from({ length: n }, next);

/** p-values of a test on data without a difference; sizes of the sides always differ. */
const NULLS: Record<string, (random: Random) => number> = {
  "Kolmogorov–Smirnov": (random) =>
    kolmogorovSmirnov(numericSample(draw(150, random.normal)), numericSample(draw(90, random.normal))).value!.pValue,
  "Mann–Whitney": (random) => mannWhitney(draw(60, random.normal), draw(45, random.normal)).value!.pValue,
  "χ²": (random) => {
    const side = (n: number) => {
      const counts = [0, 0, 0, 0, 0];
      for (let i = 0; i < n; i++) counts[random.below(5)]! += 1;
      return counts;
    };
    return chiSquareTest(side(400), side(250)).value!.pValue;
  },
  "two proportions": (random) => {
    const side = (trials: number) => ({
      successes: draw(trials, random.uniform).filter((u) => u < 0.4).length,
      trials,
    });
    return twoProportionZ(side(500), side(300)).value!.pValue;
  },
  DeLong: (random) => {
    const positives = draw(160, () => Number(random.uniform() < 0.4));
    const signal = positives.map((positive) => positive + random.normal());
    const noisy = () => signal.map((score) => score + 0.8 * random.normal());
    return deLong(positives, noisy(), noisy()).value!.pValue;
  },
  "paired permutation": (random) =>
    pairedPermutationTest(draw(30, random.normal), draw(30, random.normal), random, 199).value!.pValue,
};

describe("without a difference, p-values are uniform", () => {
  it.each(Object.entries(NULLS))("%s", (_, pValue) => {
    const random = createRandom("null");
    const p = draw(600, () => pValue(random)).sort();
    const distance = p.reduce((most, value, i) => Math.max(most, value - i / 600, (i + 1) / 600 - value), 0);
    // the 99.9 % quantile of the one-sample Kolmogorov–Smirnov statistic at 600 is 0.0795
    expect(distance).toBeLessThan(0.0795);
  });

  it("McNemar's exact p-value is conservative and its mid-p nearly exact", () => {
    const random = createRandom(5);
    let exact = 0;
    let mid = 0;
    for (let round = 0; round < 4000; round++) {
      let onlyBase = 0;
      for (let i = 0; i < 40; i++) onlyBase += random.uniform() < 0.5 ? 1 : 0;
      const answer = mcNemar(onlyBase, 40 - onlyBase).value!;
      exact += answer.pValue < 0.05 ? 1 : 0;
      mid += answer.midP < 0.05 ? 1 : 0;
    }
    expect(exact / 4000).toBeLessThan(0.05);
    expect(mid / 4000).toBeGreaterThan(exact / 4000 - 1e-12);
    expect(mid / 4000).toBeLessThan(0.06);
  });
});

describe("with a difference", () => {
  it.each(["bca", "percentile"] as const)("the %s interval covers it in 93 to 97 of 100 cases", (method) => {
    const random = createRandom("coverage");
    const cases = 1000;
    let covered = 0;
    for (let i = 0; i < cases; i++) {
      const gains = draw(150, () => 0.3 + random.normal());
      const statistic = (weights: Float64Array) => {
        let sum = 0;
        for (let row = 0; row < 150; row++) sum += weights[row]! * gains[row]!;
        return sum / 150;
      };
      const { low, high } = pairedBootstrap({ n: 150, rng: random, resamples: 600, statistic, method }).value!;
      covered += low <= 0.3 && 0.3 <= high ? 1 : 0;
    }
    expect(covered / cases).toBeGreaterThan(0.93);
    expect(covered / cases).toBeLessThan(0.97);
  });

  it("the bootstrap of an area agrees with DeLong's variance", () => {
    const random = createRandom("area");
    const positives = draw(1200, () => Number(random.uniform() < 0.3));
    const base = positives.map((positive) => positive + random.normal());
    const head = base.map((score, i) => score + 0.5 * random.normal() + 0.2 * positives[i]!);
    const [ranked, rankedHead] = [rankScores(base, positives).value!, rankScores(head, positives).value!];
    const bootstrap = pairedBootstrap({
      n: 1200,
      rng: random,
      resamples: 1000,
      statistic: (weights) => rocAucRanked(rankedHead, weights).value! - rocAucRanked(ranked, weights).value!,
    }).value!;
    const test = deLong(positives, base, head).value!;
    expect(Math.abs(bootstrap.estimate - test.difference)).toBeLessThan(1e-12);
    // a standard deviation of 1,000 replicates has a relative error of 2.2 %
    expect(Math.abs(bootstrap.standardError / test.standardError - 1)).toBeLessThan(0.08);
    expect(Math.abs(bootstrap.low - test.interval.low)).toBeLessThan(test.standardError / 4);
    expect(Math.abs(bootstrap.high - test.interval.high)).toBeLessThan(test.standardError / 4);
  });

  it("the smallest detectable effect is detected in 80 of 100 cases", () => {
    const random = createRandom("power");
    const standardError = 1 / Math.sqrt(50);
    const effect = minimumDetectableEffect(standardError).value!;
    let detected = 0;
    for (let i = 0; i < 5000; i++) {
      detected += Math.abs(effect + standardError * random.normal()) > 1.959963984540054 * standardError ? 1 : 0;
    }
    // the standard error of the share is 0.57 %
    expect(Math.abs(detected / 5000 - 0.8)).toBeLessThan(0.02);
  });
});
