import { describe, expect, it } from "vitest";
import { benjaminiHochberg } from "../../../pipeline/stats/benjamini-hochberg.ts";
import { deLong } from "../../../pipeline/stats/delong.ts";
import { holm } from "../../../pipeline/stats/holm.ts";
import { mcNemar } from "../../../pipeline/stats/mcnemar.ts";
import { minimumDetectableEffect } from "../../../pipeline/stats/minimum-detectable-effect.ts";
import { pairedPermutationTest } from "../../../pipeline/stats/permutation-test.ts";
import { createRandom } from "../../../pipeline/stats/random.ts";
import { shapleySplit } from "../../../pipeline/stats/shapley-split.ts";
import { twoProportionZ } from "../../../pipeline/stats/two-proportion-z.ts";
import reference from "../../fixtures/reference/paired.json" with { type: "json" };
import { expectClose } from "./close-to.ts";

describe(`against statsmodels ${reference.versions.statsmodels} and scipy ${reference.versions.scipy}`, () => {
  it.each(reference.mcNemar)("mcNemar(%d, %d): p %d, mid-p %d", (onlyBase, onlyHead, pValue, midP) => {
    const answer = mcNemar(onlyBase!, onlyHead!).value!;
    expectClose(answer.pValue, pValue!, 1e-9);
    expectClose(answer.midP, midP!, 1e-9);
  });

  it.each(reference.deLong)("deLong on $name", ({ name: _, positives, base, head, interval, ...expected }) => {
    const answer = deLong(positives, base, head).value!;
    for (const [key, value] of Object.entries(expected)) expectClose(answer[key as keyof typeof expected], value, 1e-9);
    expectClose(answer.interval.low, interval.low, 1e-9);
    expectClose(answer.interval.high, interval.high, 1e-9);
    expect(answer.interval.level).toBe(0.95);
  });

  it.each(reference.multiple)("holm and benjaminiHochberg of $p", ({ p, holm: stepDown, bh }) => {
    for (const [i, value] of holm(p).entries()) expectClose(value, stepDown[i]!, 1e-12);
    for (const [i, value] of benjaminiHochberg(p).entries()) expectClose(value, bh[i]!, 1e-12);
  });

  it.each(reference.twoProportion)("twoProportionZ(%d of %d, %d of %d)", (a, n, b, m, z, pValue) => {
    const answer = twoProportionZ({ successes: a!, trials: n! }, { successes: b!, trials: m! }).value!;
    expectClose(answer.z, z!, 1e-10);
    expectClose(answer.pValue, pValue!, 1e-10);
  });

  it.each(reference.permutation)("pairedPermutationTest($base, $head)", ({ base, head, difference, pValue }) => {
    const answer = pairedPermutationTest(base, head, createRandom(1)).value!;
    expectClose(answer.difference, difference, 1e-12);
    expectClose(answer.pValue, pValue, 1e-12);
    expect(answer.method).toBe("exact");
  });
});

describe("multiple testing", () => {
  it("leaves out what is no p-value and counts only the rest", () => {
    expect(holm([0.01, null, 0.04, Number.NaN, 0.03, -1, 2])).toEqual([0.03, null, 0.06, null, 0.06, null, null]);
    expect(benjaminiHochberg([0.01, null, 0.04, 0.03])).toEqual([0.03, null, 0.04, 0.04]);
    expect(holm([])).toEqual([]);
    expect(benjaminiHochberg([null])).toEqual([null]);
  });
});

describe("pairedPermutationTest with many rows", () => {
  const random = createRandom(12);
  const base = Float64Array.from({ length: 300 }, random.normal);
  it("agrees with the normal approximation", () => {
    const head = base.map((value) => value + 0.12 + random.normal());
    const answer = pairedPermutationTest(base, head, createRandom(3), 20_000).value!;
    const gaps = head.map((value, i) => value - base[i]!);
    const squares = gaps.reduce((sum, gap) => sum + gap ** 2, 0);
    const z = gaps.reduce((sum, gap) => sum + gap, 0) / Math.sqrt(squares);
    expect(answer.method).toBe("random");
    expect(Math.abs(answer.pValue - 2 * (1 - phi(Math.abs(z))))).toBeLessThan(0.015);
  });
  it("counts assignments that tie but for rounding", () => {
    // 2 of the 16 signed sums of 0.1, 0.2, 0.3, 0.4 are 0; the other 14 are at least 0.2 in size
    const answer = pairedPermutationTest([0, 0, 0, 0], [0.1, 0.2, 0.3, -0.4], createRandom(3)).value!;
    expect(answer.pValue).toBe(14 / 16);
  });
  it("never answers 0", () => {
    const answer = pairedPermutationTest(
      base,
      base.map((value) => value + 5),
      createRandom(3),
      999,
    ).value!;
    expect(answer.pValue).toBe(0.001);
  });
});

/** Φ to about 1e-7 (Abramowitz and Stegun 26.2.17), independent of the code under test. */
function phi(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const tail = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 1 - (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * tail;
}

describe("deLong without variance", () => {
  const positives = [1, 1, 1, 0, 0, 0];
  it("finds no difference between scores that rank alike", () => {
    const scores = [0.9, 0.2, 0.6, 0.7, 0.3, 0.1];
    expect(
      deLong(
        positives,
        scores,
        scores.map((score) => score * 100),
      ).value,
    ).toMatchObject({
      difference: 0,
      standardError: 0,
      z: 0,
      pValue: 1,
      interval: { low: 0, high: 0, level: 0.95 },
    });
  });
  it("does not judge a perfect order against a constant one", () => {
    expect(deLong(positives, [0, 0, 0, 0, 0, 0], [3, 2, 1, 0, -1, -2])).toEqual({
      value: null,
      reason: "the areas differ but their difference has no variance",
    });
  });
  it("accepts infinite scores", () => {
    expect(deLong(positives, [Infinity, 1, 0, 0.5, -Infinity, 0], [1, 0, 1, 0, 0.5, 0]).value?.pValue).toBeGreaterThan(
      0,
    );
  });
});

describe("minimumDetectableEffect", () => {
  it.each([
    [0.01, {}, 0.02801585218112968],
    [1, { level: 0.9, power: 0.9 }, 2.926405192496073],
    [0, {}, 0],
    [1, { level: 0.1, power: 0.1 }, 0],
  ])("of %d with %o is %d", (standardError, options, expected) => {
    expectClose(minimumDetectableEffect(standardError, options).value, expected, 1e-9);
  });
});

describe("shapleySplit", () => {
  it.each([
    ["additive", { neither: 1, first: 3, second: 6, both: 8 }, { first: 2, second: 5, total: 7, interaction: 0 }],
    ["only together", { neither: 0, first: 0, second: 0, both: 4 }, { first: 2, second: 2, total: 4, interaction: 4 }],
    ["canceling", { neither: 1, first: 2, second: 0, both: 1 }, { first: 1, second: -1, total: 0, interaction: 0 }],
  ])("%s", (_, cells, expected) => {
    expect(shapleySplit(cells).value).toEqual(expected);
  });
});
