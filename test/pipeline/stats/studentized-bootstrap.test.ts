import { describe, expect, it } from "vitest";
import { createRandom } from "../../../pipeline/stats/random.ts";
import { studentReach } from "../../../pipeline/stats/student-distribution.ts";
import { type SmoothStatistic, studentizedBootstrap } from "../../../pipeline/stats/studentized-bootstrap.ts";
import reference from "../../fixtures/reference/paired.json" with { type: "json" };
import { expectClose } from "./close-to.ts";

const difference = (base: ArrayLike<number>, head: ArrayLike<number>): SmoothStatistic => ({
  terms: [Float64Array.from(base), Float64Array.from(head)],
  value: ([before, after]) => after! - before!,
  gradient: () => [-1, 1],
});
const rootDifference = (base: ArrayLike<number>, head: ArrayLike<number>): SmoothStatistic => ({
  terms: [Float64Array.from(base), Float64Array.from(head)],
  value: ([before, after]) => Math.sqrt(after!) - Math.sqrt(before!),
  gradient: ([before, after]) => [-0.5 / Math.sqrt(before!), 0.5 / Math.sqrt(after!)],
});
const answer = (
  statistic: SmoothStatistic,
  options: { clusters?: Int32Array; resamples?: number; level?: number } = {},
) => studentizedBootstrap({ rows: statistic.terms[0]!.length, rng: createRandom(4), ...options }, [statistic])[0]!;

describe(`against numpy ${reference.versions.numpy}`, () => {
  it.each(reference.studentized)("$name", ({ kind, base, head, clusters, ...expected }) => {
    const statistic = kind === "root" ? rootDifference(base, head) : difference(base, head);
    const found = answer(statistic, {
      resamples: 20_000,
      ...(clusters === null ? {} : { clusters: Int32Array.from(clusters) }),
    }).value!;
    expectClose(found.estimate, expected.estimate, 1e-12);
    expectClose(found.standardError, expected.standardError, 1e-12);
    // a quantile of 20,000 resamples has a simulation error of about 1 %
    expect(Math.abs(found.high - found.estimate - expected.reach)).toBeLessThan(0.04 * expected.reach);
    expect(found.estimate - found.low).toBeCloseTo(found.high - found.estimate, 12);
  });
});

describe("studentizedBootstrap", () => {
  const random = createRandom("rows");
  const values = (count: number) => Float64Array.from({ length: count }, () => random.normal() ** 2);

  it("has the standard error of the mean, n − 1 included", () => {
    expect(answer(difference([0, 0, 0, 0], [1, 2, 3, 10])).value?.standardError).toBeCloseTo(Math.sqrt(50 / 12), 12);
  });

  it.each([0.8, 0.95, 0.99])("excludes zero at the level %d exactly when p says so", (level) => {
    for (const shift of [0.1, 0.2, 0.3, 0.4]) {
      const base = values(60);
      const { low, high, pValue } = answer(
        difference(
          base,
          base.map((value) => value + shift * (1 + random.normal())),
        ),
        {
          level,
        },
      ).value!;
      const [excludes, rejects] = [low > 0 || high < 0, pValue < 1 - level];
      // both read the same order statistics, but the interval interpolates between two of them
      expect(excludes === rejects || Math.abs(pValue - (1 - level)) < 2 / 2000).toBe(true);
    }
  });

  it("mirrors the interval when the sides are swapped", () => {
    const [base, head] = [values(50), values(50)];
    const [forth, back] = [answer(rootDifference(base, head)).value!, answer(rootDifference(head, base)).value!];
    expect([back.low, back.high, back.pValue]).toEqual([
      expect.closeTo(-forth.high, 12),
      expect.closeTo(-forth.low, 12),
      expect.closeTo(forth.pValue, 12),
    ]);
  });

  it("takes clusters of one row each for rows", () => {
    const [base, head] = [values(40), values(40)];
    const [rows, clusters] = [
      answer(rootDifference(base, head)),
      answer(rootDifference(base, head), { clusters: Int32Array.from({ length: 40 }, (_, row) => row) }),
    ];
    expect([clusters.value!.low, clusters.value!.high]).toEqual([
      expect.closeTo(rows.value!.low, 12),
      expect.closeTo(rows.value!.high, 12),
    ]);
  });

  it("knows no more from copies of every row when they are one cluster", () => {
    const [base, head] = [values(40), values(40)];
    const twice = (rows: Float64Array) => Float64Array.from({ length: 80 }, (_, row) => rows[row >> 1]!);
    const clusters = Int32Array.from({ length: 80 }, (_, row) => row >> 1);
    const [single, double] = [
      answer(difference(base, head)).value!,
      answer(difference(twice(base), twice(head)), { clusters }).value!,
    ];
    expect([double.low, double.high]).toEqual([expect.closeTo(single.low, 12), expect.closeTo(single.high, 12)]);
  });

  it("reaches as far as Student's distribution where a resample rarely has the rows that differ, and on many rows", () => {
    const one = answer(difference(new Float64Array(50), [...new Float64Array(49), 1])).value!;
    expect((one.high - one.estimate) / one.standardError).toBeCloseTo(studentReach(0.95, 49), 10);
    const many = answer(difference(values(10_001), values(10_001))).value!;
    expect((many.high - many.estimate) / many.standardError).toBeCloseTo(studentReach(0.95, 10_000), 10);
  });

  it.each([0.1, 0.7, 1, 3, 1e6])(
    "takes no rounding of equal rows for their spread (two rows of 200 lose %d)",
    (loss) => {
      // one resample in seven has neither of the two
      const head = Float64Array.from({ length: 200 }, (_, row) => (row < 2 ? loss : 0));
      for (const clusters of [undefined, Int32Array.from(head, (_, row) => row)]) {
        const one = answer(difference(new Float64Array(200), head), clusters === undefined ? {} : { clusters }).value!;
        expect((one.high - one.estimate) / one.standardError).toBeLessThan(40);
      }
    },
  );

  it("gives what each row contributes", () => {
    expect([...answer(difference([0, 0, 0, 0], [1, 2, 3, 10])).value!.influences]).toEqual([-3, -2, -1, 6]);
  });

  it.each([
    { why: "one row", statistic: difference([1], [2]), reason: "needs at least two independent rows" },
    {
      why: "a root at zero",
      statistic: rootDifference([0, 0, 0], [1, 2, 3]),
      reason: "the statistic has no finite value or derivative",
    },
  ])("has no answer for $why", ({ statistic, reason }) => {
    expect(answer(statistic)).toEqual({ value: null, reason });
  });
  it("has no answer for one cluster", () => {
    expect(answer(difference([1, 2, 3], [2, 2, 2]), { clusters: new Int32Array(3) }).value).toBeNull();
  });
  it.each([30, 10_001])("is certain of what differs by as much in each of %d rows", (rows) => {
    const one = answer(difference(new Float64Array(rows), new Float64Array(rows).fill(1))).value!;
    expect(one).toMatchObject({ low: 1, high: 1, pValue: 2 / 2001, standardError: 0 });
  });
  it("is certain of what never differs", () => {
    expect(answer(difference([1, 2, 3], [1, 2, 3])).value).toMatchObject({
      low: 0,
      high: 0,
      pValue: 1,
      standardError: 0,
    });
  });
});
