import { describe, expect, it } from "vitest";
import { seedNoise } from "../../../pipeline/compare/seed-noise.ts";
import { createRandom } from "../../../pipeline/stats/random.ts";
import { compareByKey } from "../../support/matches.ts";
import { aRun, type HoldoutRow } from "../../support/runs.ts";

/** Rows whose first `wrong` predictions are wrong. */
const rows = (wrong: number): HoldoutRow[] =>
  Array.from({ length: 400 }, (_, i) => {
    const yes = i % 2 === 0;
    return {
      key: `k${String(i).padStart(3, "0")}`,
      actual: yes ? "yes" : "no",
      says: yes !== i < wrong ? [0.2, 0.8] : [0.8, 0.2],
    };
  });

const refits = [20, 30, 24, 28, 50].map((wrong) => aRun(rows(wrong)));

describe("seedNoise", () => {
  it("is the largest difference between two refits", () => {
    expect(seedNoise(refits).accuracy).toBeCloseTo(30 / 400, 12);
  });

  it.each([
    { why: "fewer than five refits", runs: refits.slice(0, 4) },
    { why: "refits that are all alike", runs: refits.map(() => refits[0]!) },
    { why: "no refits", runs: [] },
  ])("is empty for $why", ({ runs }) => {
    expect(seedNoise(runs)).toEqual({});
  });

  it("keeps a difference of its size from being a verdict", () => {
    const options = {
      metrics: { accuracy: { tolerance: 0.01 } },
      level: 0.95,
      sliceColumns: [],
      slices: [],
      headColumn: () => null,
      seed: 1,
      resamples: 200,
    };
    const verdict = (given: Record<string, number>) => {
      const { metrics } = compareByKey(aRun(rows(20)), aRun(rows(48)), { ...options, seedNoise: given });
      return metrics
        .filter((metric) => metric.gated)
        .map(({ verdict: answer, reason, seedNoise: noise }) => ({ answer, reason, noise }));
    };
    expect([verdict({}), verdict({ accuracy: 0.05 }), verdict({ accuracy: 0.075 })]).toEqual([
      [{ answer: "regressed", reason: null, noise: undefined }],
      [{ answer: "regressed", reason: null, noise: 0.05 }],
      [
        {
          answer: "no-detectable-change",
          reason: "worse by 0.07, but refits that differ in their seed only are up to 0.075 apart",
          noise: 0.075,
        },
      ],
    ]);
  });

  it("exceeds the range of five refits in fewer than one case in five", () => {
    const random = createRandom("range");
    let exceeded = 0;
    for (let trial = 0; trial < 4000; trial++) {
      const values = Array.from({ length: 5 }, () => random.normal());
      if (Math.abs(random.normal() - random.normal()) > Math.max(...values) - Math.min(...values)) exceeded++;
    }
    expect(exceeded / 4000).toBeLessThan(0.2);
  });
});
