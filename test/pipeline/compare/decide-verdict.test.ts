import { describe, expect, it } from "vitest";
import { decideVerdict, type Judged } from "../../../pipeline/compare/decide-verdict.ts";

const judged = (given: Partial<Judged> & { bounds?: [number, number] }): Judged => ({
  direction: "higher",
  difference: 0,
  interval: given.bounds ? { low: given.bounds[0], high: given.bounds[1], level: 0.95 } : null,
  test: "DeLong",
  p: 0.001,
  adjustedP: 0.001,
  tolerance: 0.005,
  gated: true,
  smallestDetectable: 0.004,
  reason: null,
  ...given,
});

describe("decideVerdict", () => {
  it.each<{ why: string; given: Partial<Judged> & { bounds?: [number, number] }; verdict: string; reason?: string }>([
    { why: "worse beyond the tolerance", given: { difference: -0.02, bounds: [-0.03, -0.01] }, verdict: "regressed" },
    {
      why: "worse beyond the tolerance where lower is better",
      given: { direction: "lower", difference: 0.02, bounds: [0.01, 0.03] },
      verdict: "regressed",
    },
    {
      why: "worse within the tolerance",
      given: { difference: -0.003, bounds: [-0.004, -0.002] },
      verdict: "no-detectable-change",
      reason: "worse by 0.003, which the tolerance of 0.005 allows",
    },
    {
      why: "worse by exactly the tolerance",
      given: { difference: 0.6 - 0.605, bounds: [-0.006, -0.004] },
      verdict: "no-detectable-change",
      reason: "worse by 0.005, which the tolerance of 0.005 allows",
    },
    {
      why: "worse within the tolerance, but nobody knows by how much",
      given: {
        difference: -0.003,
        bounds: [-0.004, -0.002],
        smallestDetectable: 0.008,
        caution: { kind: "few-rows", unit: "row", count: 2, of: 200, share: 0.7 },
      },
      verdict: "underpowered",
    },
    {
      why: "worse within the tolerance with few rows that decide about very little",
      given: {
        difference: -0.0003,
        bounds: [-0.0004, -0.0002],
        smallestDetectable: 0.0004,
        caution: { kind: "few-rows", unit: "row", count: 2, of: 200, share: 0.7 },
      },
      verdict: "no-detectable-change",
      reason: "worse by 0.0003, which the tolerance of 0.005 allows",
    },
    {
      why: "worse beyond the tolerance by a test that few rows do not mislead",
      given: {
        difference: -0.02,
        bounds: [-0.03, -0.01],
        test: "paired permutation",
        smallestDetectable: 0.02,
        caution: { kind: "few-groups", groups: 12 },
      },
      verdict: "regressed",
    },
    { why: "better", given: { difference: 0.001, bounds: [0.0005, 0.002] }, verdict: "improved" },
    {
      why: "better where lower is better",
      given: { direction: "lower", difference: -0.02, bounds: [-0.03, -0.01] },
      verdict: "improved",
    },
    {
      why: "worse beyond the tolerance but not told from chance, in a hold-out that is large enough",
      given: { difference: -0.006, bounds: [-0.013, 0.001], p: 0.09, adjustedP: 0.09 },
      verdict: "no-detectable-change",
      reason:
        "worse by 0.006, beyond the tolerance of 0.005, but not told from chance: the 95 % interval contains zero",
    },
    {
      why: "worse beyond the tolerance but not told from chance, in a small hold-out",
      given: { difference: -0.05, bounds: [-0.11, 0.01], p: 0.09, adjustedP: 0.09, smallestDetectable: 0.08 },
      verdict: "underpowered",
      reason: "worse by 0.05, beyond the tolerance of 0.005, but not told from chance: the 95 % interval contains zero",
    },
    {
      why: "significant on its own but not among several metrics",
      given: { difference: -0.02, bounds: [-0.039, -0.001], p: 0.04, adjustedP: 0.12, smallestDetectable: 0.03 },
      verdict: "underpowered",
      reason:
        "worse by 0.02, beyond the tolerance of 0.005, but not told from chance: p is 0.12 after the correction for several metrics (DeLong)",
    },
    {
      why: "no difference in a small hold-out",
      given: { difference: -0.001, bounds: [-0.06, 0.06], p: 0.9, adjustedP: 1, smallestDetectable: 0.08 },
      verdict: "underpowered",
    },
    {
      why: "no difference in a large one",
      given: { difference: -0.001, bounds: [-0.003, 0.001], p: 0.3, adjustedP: 0.3 },
      verdict: "no-detectable-change",
    },
    {
      why: "predictions that are all alike",
      given: { difference: 0, bounds: [0, 0], p: 1, adjustedP: 1, smallestDetectable: null },
      verdict: "no-detectable-change",
    },
    {
      why: "a tolerance of zero, which no hold-out is large enough for",
      given: { tolerance: 0, difference: -0.01, bounds: [-0.03, 0.01], p: 0.3, adjustedP: 0.3 },
      verdict: "no-detectable-change",
      reason: "worse by 0.01, but not told from chance: the 95 % interval contains zero",
    },
    {
      why: "a tolerance of zero and a tiny but certain loss",
      given: { tolerance: 0, difference: -0.0001, bounds: [-0.00015, -0.00005] },
      verdict: "regressed",
    },
    {
      why: "a metric that nobody gates",
      given: { gated: false, adjustedP: null, tolerance: 0, difference: -0.01, bounds: [-0.03, 0.01], p: 0.3 },
      verdict: "no-detectable-change",
    },
    {
      why: "a metric that nobody gates, significant on its own but not among the others",
      given: {
        gated: false,
        adjustedP: null,
        q: 0.11,
        tolerance: 0,
        difference: -0.01,
        bounds: [-0.02, -0.001],
        p: 0.03,
      },
      verdict: "no-detectable-change",
    },
    {
      why: "a metric that nobody gates, significant among the others",
      given: {
        gated: false,
        adjustedP: null,
        q: 0.01,
        tolerance: 0,
        difference: -0.01,
        bounds: [-0.02, -0.001],
        p: 0.003,
      },
      verdict: "regressed",
    },
    {
      why: "a side without a value",
      given: { difference: null, reason: "no value; head: no row belongs to the positive class" },
      verdict: "incomparable",
      reason: "no value; head: no row belongs to the positive class",
    },
    {
      why: "no interval",
      given: { difference: -0.3, reason: "only 7 rows; a comparison needs 20" },
      verdict: "incomparable",
      reason: "only 7 rows; a comparison needs 20",
    },
  ])("$why: $verdict", ({ given, verdict, reason = null }) => {
    expect(decideVerdict(judged(given), 0.95)).toEqual({ verdict, reason });
  });

  it.each([
    [-0.0004, "no-detectable-change"],
    [-0.0005, "regressed"],
    [0.0004, "no-detectable-change"],
    [0.0006, "improved"],
  ])("a certain difference of %d with a least visible one of 0.0005 is %s", (difference, verdict) => {
    const bounds: [number, number] = [difference - 0.0001, difference + 0.0001];
    const certain = judged({ gated: false, adjustedP: null, q: 0.001, tolerance: 0, difference, bounds });
    expect(decideVerdict(certain, 0.95, 0.0005).verdict).toBe(verdict);
  });

  it("uses the level that it is given", () => {
    const all = judged({ difference: -0.02, bounds: [-0.04, -0.001], p: 0.08, adjustedP: 0.08 });
    expect(decideVerdict(all, 0.9).verdict).toBe("regressed");
  });
});
