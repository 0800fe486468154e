import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { averagePrecision } from "../../../pipeline/stats/average-precision.ts";
import { chiSquareTest } from "../../../pipeline/stats/chi-square-test.ts";
import { cramersV } from "../../../pipeline/stats/cramers-v.ts";
import { deLong } from "../../../pipeline/stats/delong.ts";
import { jensenShannonDistance } from "../../../pipeline/stats/jensen-shannon.ts";
import { kolmogorovSmirnov } from "../../../pipeline/stats/kolmogorov-smirnov.ts";
import { mannWhitney } from "../../../pipeline/stats/mann-whitney.ts";
import { numericSample } from "../../../pipeline/stats/numeric-sample.ts";
import { populationStabilityIndex } from "../../../pipeline/stats/population-stability-index.ts";
import { quantileBins } from "../../../pipeline/stats/quantile-bins.ts";
import { createRandom } from "../../../pipeline/stats/random.ts";
import { rocAuc, rocAucRanked } from "../../../pipeline/stats/roc-auc.ts";
import { totalVariation } from "../../../pipeline/stats/total-variation.ts";
import { wassersteinDistance } from "../../../pipeline/stats/wasserstein.ts";
import { categoryCounts } from "./category-counts.ts";
import { expectClose } from "./close-to.ts";
import { ofRanked } from "./ranked.ts";

const seeded = { seed: 20240601, numRuns: 100 };
/** Few distinct values make ties common; the sides differ in length. */
const value = fc.oneof(fc.integer({ min: -4, max: 4 }), fc.double({ min: -50, max: 50, noNaN: true }));
const column = fc.array(value, { minLength: 1, maxLength: 40 });
const counts = fc
  .array(fc.tuple(fc.nat(40), fc.nat(40)), { minLength: 1, maxLength: 9 })
  .map((pairs) => [pairs.map(([left]) => left), pairs.map(([, right]) => right)] as const);

const COUNTED = {
  populationStabilityIndex,
  jensenShannonDistance,
  totalVariation,
  cramersV,
  chiSquare: (left: ArrayLike<number>, right: ArrayLike<number>) => {
    const test = chiSquareTest(left, right);
    return test.value === null ? test : { value: test.value.statistic };
  },
};

describe("on numeric columns", () => {
  it("swapping the sides changes no distance", () => {
    fc.assert(
      fc.property(column, column, (left, right) => {
        const [a, b] = [numericSample(left), numericSample(right)];
        const forth = kolmogorovSmirnov(a, b).value!;
        const back = kolmogorovSmirnov(b, a).value!;
        expectClose(forth.statistic, back.statistic, 1e-12);
        expectClose(forth.pValue, back.pValue, 1e-9);
        expectClose(wassersteinDistance(a, b).value, wassersteinDistance(b, a).value!, 1e-9);
        const [u, v] = [mannWhitney(left, right).value!, mannWhitney(right, left).value!];
        expectClose(u.probability, 1 - v.probability, 1e-9);
        expectClose(u.pValue, v.pValue, 1e-9);
      }),
      seeded,
    );
  });

  it("a column does not differ from itself, in whatever order, and a shift moves it by the shift", () => {
    fc.assert(
      fc.property(column, fc.integer(), fc.integer({ min: 1, max: 9 }), (left, seed, shift) => {
        const sample = numericSample(left);
        const shuffled = numericSample(createRandom(seed).shuffle([...left]));
        expect(kolmogorovSmirnov(sample, shuffled).value).toMatchObject({ statistic: 0, pValue: 1 });
        expect(wassersteinDistance(sample, shuffled).value).toBe(0);
        const moved = numericSample(left.map((x) => x + shift));
        expectClose(wassersteinDistance(sample, moved).value, shift, 1e-9);
      }),
      seeded,
    );
  });

  it("bins hold every value", () => {
    fc.assert(
      fc.property(column, column, fc.integer({ min: 1, max: 12 }), (left, right, bins) => {
        const binned = quantileBins(numericSample(left), numericSample(right), bins).value!;
        const total = (side: Float64Array) => side.reduce((sum, count) => sum + count, 0);
        expect([total(binned.reference), total(binned.current)]).toEqual([left.length, right.length]);
        expect(binned.edges.length).toBeLessThan(bins);
      }),
      seeded,
    );
  });
});

describe("on counts", () => {
  it.each(Object.entries(COUNTED))("%s is symmetric, not negative, and 0 between equal shares", (_, statistic) => {
    fc.assert(
      fc.property(counts, ([left, right]) => {
        const forth = statistic(left, right);
        const back = statistic(right, left);
        expect(forth.value === null).toBe(back.value === null);
        if (forth.value !== null) {
          expect(forth.value).toBeGreaterThanOrEqual(0);
          expectClose(forth.value, back.value, 1e-9);
        }
        if (left.some((count) => count > 0)) {
          // the square root of a rounding error is about 1e-8
          const tripled = statistic(
            left,
            left.map((count) => count * 3),
          );
          if (tripled.value !== null) expect(tripled.value).toBeLessThan(1e-7);
        }
      }),
      seeded,
    );
  });

  it.each(Object.entries(COUNTED))(
    "%s does not depend on the order of categories or on absent ones",
    (_, statistic) => {
      fc.assert(
        fc.property(counts, ([left, right]) => {
          const reversed = statistic([0, ...left].reverse(), [0, ...right].reverse());
          expectClose(reversed.value, statistic(left, right).value, 1e-9);
        }),
        seeded,
      );
    },
  );

  it("counts missing apart from the text that names it", () => {
    expect(categoryCounts(["null", null, "null"], [null, "b"])).toEqual({
      categories: ["null", null, "b"],
      reference: Float64Array.of(2, 1, 0),
      current: Float64Array.of(0, 1, 1),
    });
  });
});

describe("on scored rows", () => {
  const rows = fc.array(fc.tuple(value, value, fc.boolean(), fc.integer({ min: 1, max: 4 })), {
    minLength: 4,
    maxLength: 40,
  });

  it("swapping base and head negates the difference; other order of rows changes nothing", () => {
    fc.assert(
      fc.property(rows, fc.integer(), (table, seed) => {
        const read = (from: typeof table) => [0, 1, 2].map((i) => from.map((row) => Number(row[i])));
        const [base, head, positives] = read(table);
        const answer = deLong(positives!, base!, head!).value;
        const swapped = deLong(positives!, head!, base!).value;
        const [base2, head2, positives2] = read(createRandom(seed).shuffle([...table]));
        const shuffled = deLong(positives2!, base2!, head2!).value;
        expect([swapped === null, shuffled === null]).toEqual([answer === null, answer === null]);
        if (answer === null) return;
        expectClose(swapped!.difference, -answer.difference, 1e-9);
        expectClose(swapped!.pValue, answer.pValue, 1e-6);
        expectClose(swapped!.interval.low, -answer.interval.high, 1e-6);
        expectClose(shuffled!.difference, answer.difference, 1e-9);
        expectClose(shuffled!.pValue, answer.pValue, 1e-6);
        expectClose(rocAuc(base!, positives!).value, answer.baseArea, 1e-9);
      }),
      seeded,
    );
  });

  it("a weight is a number of copies", () => {
    fc.assert(
      fc.property(rows, (table) => {
        const scores = table.map((row) => row[0]);
        const positives = table.map((row) => Number(row[2]));
        const weights = table.map((row) => row[3]);
        const copied = table.flatMap((row) => Array.from({ length: row[3] }, () => row));
        const copiedScores = copied.map((row) => row[0]);
        const copiedPositives = copied.map((row) => Number(row[2]));
        for (const metric of [ofRanked(rocAucRanked), ofRanked(averagePrecision)]) {
          const repeated = metric(copiedScores, copiedPositives).value;
          expectClose(metric(scores, positives, weights).value, repeated, 1e-9);
        }
      }),
      seeded,
    );
  });

  it("the area is the share of pairs in order, and reversing the scores mirrors it", () => {
    fc.assert(
      fc.property(rows, (table) => {
        const scores = table.map((row) => row[0]);
        const positives = table.map((row) => Number(row[2]));
        const pairs = table.flatMap((p) => (p[2] ? table.filter((q) => !q[2]).map((q) => Math.sign(p[0] - q[0])) : []));
        const area = rocAuc(scores, positives).value;
        if (pairs.length === 0) expect(area).toBe(null);
        else expectClose(area, pairs.reduce<number>((sum, sign) => sum + (sign + 1) / 2, 0) / pairs.length, 1e-9);
        const mirrored = rocAuc(
          scores.map((score) => -score),
          positives,
        ).value;
        if (area !== null) expectClose(mirrored, 1 - area, 1e-9);
      }),
      seeded,
    );
  });
});
