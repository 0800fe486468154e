import { describe, expect, it } from "vitest";
import { chiSquareTest } from "../../../pipeline/stats/chi-square-test.ts";
import { cramersV } from "../../../pipeline/stats/cramers-v.ts";
import { jensenShannonDistance } from "../../../pipeline/stats/jensen-shannon.ts";
import { kolmogorovSmirnov } from "../../../pipeline/stats/kolmogorov-smirnov.ts";
import { mannWhitney } from "../../../pipeline/stats/mann-whitney.ts";
import { numericSample } from "../../../pipeline/stats/numeric-sample.ts";
import { populationStabilityIndex } from "../../../pipeline/stats/population-stability-index.ts";
import { quantileBins } from "../../../pipeline/stats/quantile-bins.ts";
import type { Statistic } from "../../../pipeline/stats/statistic.ts";
import { totalVariation } from "../../../pipeline/stats/total-variation.ts";
import { normalizedWasserstein, wassersteinDistance } from "../../../pipeline/stats/wasserstein.ts";
import reference from "../../fixtures/reference/drift.json" with { type: "json" };
import { expectClose } from "./close-to.ts";

describe(`numeric columns against scipy ${reference.versions.scipy}`, () => {
  it.each(reference.numeric)("$name", (column) => {
    const left = numericSample(column.reference);
    const right = numericSample(column.current);
    const ks = kolmogorovSmirnov(left, right).value!;
    expectClose(ks.statistic, column.ks, 1e-14);
    expectClose(ks.pValue, column.ksP, 1e-8);
    const bins = quantileBins(left, right).value!;
    expect(bins.edges).toEqual(column.edges);
    expect([...bins.reference]).toEqual(column.referenceBins);
    expect([...bins.current]).toEqual(column.currentBins);
    expect(bins.blind === null).toBe(column.edges.length > 0);
    expectClose(populationStabilityIndex(bins.reference, bins.current).value, column.psi, 1e-12);
    expectClose(jensenShannonDistance(bins.reference, bins.current).value, column.js, 1e-7);
    expectClose(wassersteinDistance(left, right).value, column.wasserstein, 1e-12);
    expectClose(normalizedWasserstein(left, right).value, column.wassersteinNormalized, 1e-12);
    const u = mannWhitney(column.reference, column.current).value!;
    expectClose(u.statistic, column.u, 1e-14);
    expectClose(u.pValue, column.uP, 1e-9);
  });
});

describe(`categorical columns against scipy ${reference.versions.scipy}`, () => {
  it.each(reference.categorical)("$name", (column) => {
    const plain = chiSquareTest(column.reference, column.current).value!;
    const yates = chiSquareTest(column.reference, column.current, { yates: true }).value!;
    expectClose(plain.statistic, column.chi2, 1e-12);
    expect(plain.dof).toBe(column.dof);
    expectClose(plain.pValue, column.p, 1e-10);
    expectClose(plain.smallestExpected, column.smallestExpected, 1e-14);
    expectClose(yates.statistic, column.chi2Yates, 1e-12);
    expectClose(yates.pValue, column.pYates, 1e-10);
    expectClose(populationStabilityIndex(column.reference, column.current).value, column.psi, 1e-12);
    expectClose(jensenShannonDistance(column.reference, column.current).value, column.js, 1e-9);
    expectClose(totalVariation(column.reference, column.current).value, column.totalVariation, 1e-12);
    expectClose(cramersV(column.reference, column.current).value, column.cramersV, 1e-12);
  });
});

describe("kolmogorovSmirnov", () => {
  const ramp = (n: number, from: number) => numericSample(Float64Array.from({ length: n }, (_, i) => from + i / n));
  it.each([
    ["disjoint samples of many values", ramp(10_000, 0), ramp(9_999, 5), "asymptotic"],
    ["more than 10,000 values", ramp(10_001, 0), ramp(50, 0.01), "asymptotic"],
    ["10,000 values", ramp(10_000, 0), ramp(50, 0.01), "exact"],
  ])("%s", (_, left, right, method) => {
    expect(kolmogorovSmirnov(left, right).value!.method).toBe(method);
  });
  it("agrees with itself across the border of the methods", () => {
    const exact = kolmogorovSmirnov(ramp(10_000, 0), ramp(4_001, 0.015)).value!;
    const asymptotic = kolmogorovSmirnov(ramp(10_001, 0), ramp(4_001, 0.015)).value!;
    expect([exact.method, asymptotic.method]).toEqual(["exact", "asymptotic"]);
    expectClose(exact.pValue, asymptotic.pValue, 0.02);
  });
});

describe("reasons", () => {
  const [empty, some] = [numericSample([Number.NaN]), numericSample([1, 2])];
  it.each<[string, Statistic<unknown>, string]>([
    ["kolmogorovSmirnov without reference", kolmogorovSmirnov(empty, some), "the reference has no values"],
    ["kolmogorovSmirnov without current", kolmogorovSmirnov(some, empty), "the current side has no values"],
    ["wassersteinDistance without current", wassersteinDistance(some, empty), "the current side has no values"],
    ["quantileBins without reference", quantileBins(empty, some), "the reference has no values"],
    ["mannWhitney without values", mannWhitney([], [1]), "the reference has no values"],
    ["chiSquareTest without counts", chiSquareTest([0, 0], [1, 2]), "the reference has no values"],
    ["chiSquareTest of other categories", chiSquareTest([1], [1, 2]), "the sides have 1 and 2 categories"],
    ["totalVariation of a negative count", totalVariation([1, 2], [1, -2]), "a count is -2"],
    ["cramersV of two rows", cramersV([1, 0], [0, 1]), "needs at least 3 rows"],
  ])("%s", (_, answer, reason) => {
    expect(answer).toEqual({ value: null, reason });
  });
});

describe("what a statistic cannot see", () => {
  const constant = numericSample(new Float64Array(50).fill(0.1));
  const spread = numericSample(Float64Array.from({ length: 70 }, (_, i) => i));

  it("says that bins are blind on a constant reference, where Kolmogorov–Smirnov is not", () => {
    expect(quantileBins(constant, spread).value!.blind).toBe("the reference is constant, so there is only one bin");
    expect(kolmogorovSmirnov(constant, spread).value!.pValue).toBeLessThan(1e-20);
  });

  it("says that bins are blind on a reference that is nearly all zeros", () => {
    const zeros = numericSample(Float64Array.from({ length: 100 }, (_, i) => (i < 5 ? 1 : 0)));
    expect(quantileBins(zeros, spread).value!.blind).toBe(
      "almost all reference values are equal, so there is only one bin",
    );
  });

  it("has no normalized distance from a constant reference, although its computed deviation is not 0", () => {
    expect(normalizedWasserstein(constant, spread)).toEqual({
      value: null,
      reason: "the reference is constant, so it has no spread to measure by",
    });
  });
});
