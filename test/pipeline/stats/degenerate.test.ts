import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { averagePrecision } from "../../../pipeline/stats/average-precision.ts";
import { chiSquareTest } from "../../../pipeline/stats/chi-square-test.ts";
import { cramersV } from "../../../pipeline/stats/cramers-v.ts";
import { deLong } from "../../../pipeline/stats/delong.ts";
import { jensenShannonDistance } from "../../../pipeline/stats/jensen-shannon.ts";
import { kolmogorovSmirnov } from "../../../pipeline/stats/kolmogorov-smirnov.ts";
import { mannWhitney } from "../../../pipeline/stats/mann-whitney.ts";
import { mcNemar } from "../../../pipeline/stats/mcnemar.ts";
import { minimumDetectableEffect } from "../../../pipeline/stats/minimum-detectable-effect.ts";
import { numericSample } from "../../../pipeline/stats/numeric-sample.ts";
import { pairedBootstrap } from "../../../pipeline/stats/paired-bootstrap.ts";
import { pairedPermutationTest } from "../../../pipeline/stats/permutation-test.ts";
import { populationStabilityIndex } from "../../../pipeline/stats/population-stability-index.ts";
import { quantileBins } from "../../../pipeline/stats/quantile-bins.ts";
import { createRandom } from "../../../pipeline/stats/random.ts";
import { rankScores } from "../../../pipeline/stats/ranked-scores.ts";
import { rocAuc, rocAucRanked } from "../../../pipeline/stats/roc-auc.ts";
import { shapleySplit } from "../../../pipeline/stats/shapley-split.ts";
import type { Statistic } from "../../../pipeline/stats/statistic.ts";
import { studentizedBootstrap } from "../../../pipeline/stats/studentized-bootstrap.ts";
import { tangoInterval } from "../../../pipeline/stats/tango-interval.ts";
import { totalVariation } from "../../../pipeline/stats/total-variation.ts";
import { twoProportionZ } from "../../../pipeline/stats/two-proportion-z.ts";
import { normalizedWasserstein, wassersteinDistance } from "../../../pipeline/stats/wasserstein.ts";
import { categoryCounts } from "./category-counts.ts";
import { ofRanked } from "./ranked.ts";

type Column = readonly number[];
type TwoColumns = (left: Column, right: Column) => Statistic<unknown>;

const counted = (statistic: (left: Float64Array, right: Float64Array) => Statistic<unknown>): TwoColumns => {
  return (left, right) => {
    const counts = categoryCounts(left.map(String), right.map(String));
    return statistic(counts.reference, counts.current);
  };
};

/** Every statistic of two columns, by the file that holds it. */
const STATISTICS: [file: string, statistic: TwoColumns][] = [
  ["average-precision", (left, right) => ofRanked(averagePrecision)(left, right)],
  ["average-precision", (left, right) => ofRanked(averagePrecision)(left, left, right)],
  ["chi-square-test", counted(chiSquareTest)],
  ["chi-square-test", (left, right) => chiSquareTest(left, right, { yates: true })],
  ["cramers-v", counted(cramersV)],
  ["cramers-v", cramersV],
  ["delong", (left, right) => deLong(left, left, right)],
  ["delong", (left, right) => deLong(right, right, left)],
  ["jensen-shannon", counted(jensenShannonDistance)],
  ["jensen-shannon", jensenShannonDistance],
  ["kolmogorov-smirnov", (left, right) => kolmogorovSmirnov(numericSample(left), numericSample(right))],
  ["mann-whitney", mannWhitney],
  ["mcnemar", (left, right) => mcNemar(left[0] ?? Number.NaN, right[0] ?? 0)],
  ["minimum-detectable-effect", (left, right) => minimumDetectableEffect(left[0] ?? -1, { level: right[0] ?? 0.95 })],
  [
    "paired-bootstrap",
    (left, right) =>
      pairedBootstrap({
        n: left.length,
        rng: createRandom(1),
        resamples: 50,
        statistic: (weights) => weights.reduce((sum, weight, i) => sum + weight * (left[i]! - (right[i] ?? 0)), 0),
      }),
  ],
  ["permutation-test", (left, right) => pairedPermutationTest(left, right, createRandom(1), 50)],
  ["population-stability-index", counted(populationStabilityIndex)],
  ["population-stability-index", populationStabilityIndex],
  ["quantile-bins", (left, right) => quantileBins(numericSample(left), numericSample(right))],
  ["ranked-scores", rankScores],
  ["roc-auc", (left, right) => rocAuc(left, right)],
  ["roc-auc", (left, right) => ofRanked(rocAucRanked)(left, left, right)],
  [
    "shapley-split",
    ([neither, first], [second, both]) =>
      shapleySplit({ neither: neither ?? 0, first: first ?? 0, second: second ?? 0, both: both ?? 0 }),
  ],
  [
    "studentized-bootstrap",
    (left, right) =>
      studentizedBootstrap({ rows: left.length, rng: createRandom(1), resamples: 50 }, [
        {
          terms: [Float64Array.from(left), Float64Array.from(left, (_, i) => right[i] ?? 0)],
          value: ([one, other]) => one! / other!,
          gradient: ([one, other]) => [1 / other!, -one! / other! ** 2],
        },
      ])[0]!,
  ],
  ["tango-interval", (left, right) => tangoInterval(left[0] ?? Number.NaN, right[0] ?? 0, left.length)],
  ["total-variation", counted(totalVariation)],
  ["total-variation", totalVariation],
  [
    "two-proportion-z",
    ([a, n], [b, m]) => twoProportionZ({ successes: a ?? 0, trials: n ?? 0 }, { successes: b ?? 0, trials: m ?? 0 }),
  ],
  ["wasserstein", (left, right) => wassersteinDistance(numericSample(left), numericSample(right))],
  ["wasserstein", (left, right) => normalizedWasserstein(numericSample(left), numericSample(right))],
];

const COLUMNS: [name: string, column: Column][] = [
  ["empty", []],
  ["one value", [3]],
  ["one zero", [0]],
  ["constant", [0.1, 0.1, 0.1, 0.1]],
  ["zeros", [0, 0, 0, 0]],
  ["ones", [1, 1, 1, 1]],
  ["zeros and ones", [0, 1, 1, 0]],
  ["few", [0.2, 0.4, 0.9, 0.1]],
  ["all missing", [Number.NaN, Number.NaN, Number.NaN, Number.NaN]],
  ["partly missing", [0.5, Number.NaN, 0.25, 1]],
  ["infinite", [Infinity, -Infinity, 0, 1]],
  ["huge", [Number.MAX_VALUE, -Number.MAX_VALUE, 1, 0]],
  ["extremes", [-Number.MAX_VALUE, Number.MAX_VALUE]],
  ["tiny", [Number.MIN_VALUE, 0, Number.MIN_VALUE * 2, 0]],
  ["negative", [-1, -2, -3, -4]],
  ["longer", [5, 1, 4, 2, 3, 9, 8]],
];

/** Every path to a number that is NaN or infinite, and to an empty reason. */
function faults(answer: unknown, path = "answer"): string[] {
  if (typeof answer === "number") return Number.isFinite(answer) ? [] : [`${path} is ${answer}`];
  if (ArrayBuffer.isView(answer)) return faults(Array.from(answer as Float64Array), path);
  if (typeof answer !== "object" || answer === null) return [];
  return Object.entries(answer).flatMap(([key, value]) =>
    key === "reason" && (typeof value !== "string" || value.length < 8)
      ? [`${path} has no reason`]
      : faults(value, `${path}.${key}`),
  );
}

describe("every statistic on every degenerate pair", () => {
  it.each(STATISTICS)("%s", (_, statistic) => {
    for (const [leftName, left] of COLUMNS) {
      for (const [rightName, right] of COLUMNS) {
        const answer = statistic(left, right);
        expect({ of: `${leftName} and ${rightName}`, faults: faults(answer) }).toEqual({
          of: `${leftName} and ${rightName}`,
          faults: [],
        });
        expect("value" in answer).toBe(true);
        if (answer.value === null) expect(Object.keys(answer)).toEqual(["value", "reason"]);
      }
    }
  });

  it("looks at each file that answers with a statistic", () => {
    const folder = new URL("../../../pipeline/stats/", import.meta.url);
    const building = [
      "acceleration benjamini-hochberg binomial-distribution bootstrap-interval chi-square-distribution",
      "count-below count-each count-pair hash holm incomplete-gamma jackknife kolmogorov-distribution leading-shares midranks normal-distribution numeric-sample",
      "pelz-good-expansion probability quantile radix-sort random resample smirnov-distribution statistic student-distribution",
    ]
      .join(" ")
      .split(" ");
    const files = readdirSync(folder).map((file) => file.replace(/\.ts$/, ""));
    const walked = new Set(STATISTICS.map(([file]) => file));
    expect(files.filter((file) => !walked.has(file) && !building.includes(file))).toEqual([]);
  });
});
