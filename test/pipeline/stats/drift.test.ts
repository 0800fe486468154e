import { describe, expect, it } from "vitest";
import { chiSquareTest } from "../../../pipeline/stats/chi-square-test.ts";
import { cramersV } from "../../../pipeline/stats/cramers-v.ts";
import { hellingerDistance } from "../../../pipeline/stats/hellinger.ts";
import { jensenShannonDistance } from "../../../pipeline/stats/jensen-shannon.ts";
import { kolmogorovSmirnov } from "../../../pipeline/stats/kolmogorov-smirnov.ts";
import { mannWhitney } from "../../../pipeline/stats/mann-whitney.ts";
import { numericSample } from "../../../pipeline/stats/numeric-sample.ts";
import { populationStabilityIndex } from "../../../pipeline/stats/population-stability-index.ts";
import { quantileBins } from "../../../pipeline/stats/quantile-bins.ts";
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
    expectClose(hellingerDistance(column.reference, column.current).value, column.hellinger, 1e-9);
    expectClose(totalVariation(column.reference, column.current).value, column.totalVariation, 1e-12);
    expectClose(cramersV(column.reference, column.current).value, column.cramersV, 1e-12);
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
