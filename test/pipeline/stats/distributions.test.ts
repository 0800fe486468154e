import { describe, expect, it } from "vitest";
import { fairCoin } from "../../../pipeline/stats/binomial-distribution.ts";
import { chiSquareSurvival } from "../../../pipeline/stats/chi-square-distribution.ts";
import { upperIncompleteGamma } from "../../../pipeline/stats/incomplete-gamma.ts";
import { kolmogorovSurvival } from "../../../pipeline/stats/kolmogorov-distribution.ts";
import { normalCdf, normalQuantile, normalTwoSided } from "../../../pipeline/stats/normal-distribution.ts";
import { smirnovSurvival } from "../../../pipeline/stats/smirnov-distribution.ts";
import { studentReach, studentTwoSided } from "../../../pipeline/stats/student-distribution.ts";
import reference from "../../fixtures/reference/distributions.json" with { type: "json" };
import { expectClose } from "./close-to.ts";

describe(`against scipy ${reference.versions.scipy}`, () => {
  it.each(reference.normalCdf)("normalCdf(%d) is %d", (z, expected) => {
    expect(Math.abs(normalCdf(z!) / expected! - 1)).toBeLessThan(1e-12);
  });
  it.each(reference.normalQuantile)("normalQuantile(%d) is %d", (p, expected) => {
    expectClose(normalQuantile(p!), expected!, 1e-14);
  });
  it.each(reference.studentTwoSided)("studentTwoSided(%d, %d) is %d", (t, freedom, expected) => {
    expect(Math.abs(studentTwoSided(t!, freedom!) / expected! - 1)).toBeLessThan(1e-10);
  });
  it.each(reference.studentReach)("studentReach(%d, %d) is %d", (level, freedom, expected) => {
    expectClose(studentReach(level!, freedom!), expected!, 1e-9);
  });
  it.each(reference.chiSquareSurvival)("chiSquareSurvival(%d, %d) is %d", (x, dof, expected) => {
    expect(Math.abs(chiSquareSurvival(x!, dof!) / expected! - 1)).toBeLessThan(1e-10);
  });
  it.each(reference.kolmogorovSurvival)("kolmogorovSurvival(%d, %d) is %d", (n, d, expected) => {
    // the expansion beyond 140 observations is an approximation
    expect(Math.abs(kolmogorovSurvival(n!, d!) - expected!)).toBeLessThan(n! > 140 ? 2e-6 : 1e-12);
    if (expected! < 1e-2) expectClose(kolmogorovSurvival(n!, d!), expected!, 1e-8);
  });
  it.each(reference.smirnovSurvival)("smirnovSurvival(%d, %d, %d) is %d", (n1, n2, steps, expected) => {
    expectClose(smirnovSurvival(n1!, n2!, steps!), expected!, 1e-12);
    expectClose(smirnovSurvival(n2!, n1!, steps!), expected!, 1e-12);
  });
  it.each(reference.fairCoin)("fairCoin(%d, %d) is %d, %d", (k, n, atMost, exactly) => {
    expectClose(fairCoin(k!, n!).atMost, atMost!, 1e-10);
    expectClose(fairCoin(k!, n!).exactly, exactly!, 1e-10);
  });
});

describe("at the edges", () => {
  it.each([
    ["normalCdf of −∞", normalCdf(Number.NEGATIVE_INFINITY), 0],
    ["normalCdf of ∞", normalCdf(Number.POSITIVE_INFINITY), 1],
    ["normalTwoSided of 0", normalTwoSided(0), 1],
    ["normalQuantile of 0", normalQuantile(0), Number.NEGATIVE_INFINITY],
    ["normalQuantile of 1", normalQuantile(1), Number.POSITIVE_INFINITY],
    ["Student's t of 0", studentTwoSided(0, 3), 1],
    ["Student's t of −∞", studentTwoSided(Number.NEGATIVE_INFINITY, 3), 0],
    ["Student's t, as good as normal", studentTwoSided(1.5, 1e7), normalTwoSided(1.5)],
    ["χ² of 0", chiSquareSurvival(0, 3), 1],
    ["χ² of ∞", chiSquareSurvival(Number.POSITIVE_INFINITY, 3), 0],
    ["χ² without degrees of freedom at 0", chiSquareSurvival(0, 0), 1],
    ["χ² without degrees of freedom above 0", chiSquareSurvival(2, 0), 0],
    ["Kolmogorov at 0", kolmogorovSurvival(5, 0), 1],
    ["Kolmogorov at 1", kolmogorovSurvival(5, 1), 0],
    ["Kolmogorov far out", kolmogorovSurvival(100_000, 0.5), 0],
    ["Smirnov at 0", smirnovSurvival(3, 4, 0), 1],
    ["Smirnov beyond 1", smirnovSurvival(3, 4, 13), 0],
  ])("%s", (_, actual, expected) => {
    expect(actual).toBe(expected);
  });

  it.each([
    ["normalCdf(NaN)", () => normalCdf(Number.NaN)],
    ["normalQuantile(1.1)", () => normalQuantile(1.1)],
    ["normalQuantile(NaN)", () => normalQuantile(Number.NaN)],
    ["studentTwoSided(NaN, 3)", () => studentTwoSided(Number.NaN, 3)],
    ["studentTwoSided(1, 0)", () => studentTwoSided(1, 0)],
    ["studentReach(1, 3)", () => studentReach(1, 3)],
    ["upperIncompleteGamma(0, 1)", () => upperIncompleteGamma(0, 1)],
    ["upperIncompleteGamma(1, −1)", () => upperIncompleteGamma(1, -1)],
    ["chiSquareSurvival(1, −1)", () => chiSquareSurvival(1, -1)],
    ["kolmogorovSurvival(0, 0.1)", () => kolmogorovSurvival(0, 0.1)],
    ["kolmogorovSurvival(3, NaN)", () => kolmogorovSurvival(3, Number.NaN)],
    ["smirnovSurvival(0, 3, 1)", () => smirnovSurvival(0, 3, 1)],
    ["fairCoin(3, 2)", () => fairCoin(3, 2)],
  ])("%s is refused", (_, call) => {
    expect(call).toThrow(RangeError);
  });
});
