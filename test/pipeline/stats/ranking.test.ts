import { describe, expect, it } from "vitest";
import { averagePrecision, averagePrecisionRanked } from "../../../pipeline/stats/average-precision.ts";
import { calibration } from "../../../pipeline/stats/calibration.ts";
import { midranks } from "../../../pipeline/stats/midranks.ts";
import { rankScores } from "../../../pipeline/stats/ranked-scores.ts";
import { rocAuc, rocAucRanked } from "../../../pipeline/stats/roc-auc.ts";
import type { Statistic } from "../../../pipeline/stats/statistic.ts";
import reference from "../../fixtures/reference/ranking.json" with { type: "json" };
import { expectClose } from "./close-to.ts";

describe(`against scikit-learn ${reference.versions["scikit-learn"]}`, () => {
  it.each(reference.cases)("$name", ({ scores, positives, weights, curve, ...expected }) => {
    expectClose(rocAuc(scores, positives).value, expected.rocAuc, 1e-12);
    expectClose(rocAuc(scores, positives, weights).value, expected.rocAucWeighted, 1e-12);
    expectClose(averagePrecision(scores, positives).value, expected.averagePrecision, 1e-12);
    expectClose(averagePrecision(scores, positives, weights).value, expected.averagePrecisionWeighted, 1e-12);
    const ranked = rankScores(scores, positives).value!;
    expectClose(rocAucRanked(ranked, Float64Array.from(weights)), expected.rocAucWeighted, 1e-12);
    expectClose(averagePrecisionRanked(ranked, Float64Array.from(weights)), expected.averagePrecisionWeighted, 1e-12);
    const filled = calibration(scores, positives).value!.bins.filter((bin) => bin.weight > 0);
    expect(filled.length).toBe(curve[0]!.length);
    const gaps = filled.map((bin) => bin.weight * Math.abs(bin.positiveShare! - bin.meanProbability!));
    const error = gaps.reduce((sum, gap) => sum + gap, 0) / scores.length;
    expectClose(calibration(scores, positives).value!.error, error, 1e-12);
    for (const [i, bin] of filled.entries()) {
      expectClose(bin.positiveShare, curve[0]![i]!, 1e-12);
      expectClose(bin.meanProbability, curve[1]![i]!, 1e-12);
    }
  });
});

describe("calibration", () => {
  it("weighs rows as repeated rows", () => {
    const weighted = calibration([0.1, 0.2, 0.9], [0, 1, 1], { bins: 2, weights: [2, 1, 3] });
    expect(weighted).toEqual(calibration([0.1, 0.1, 0.2, 0.9, 0.9, 0.9], [0, 0, 1, 1, 1, 1], { bins: 2 }));
    // first bin: |1 − 0.4| of 6 rows, second bin: |3 − 2.7| of 6 rows
    expectClose(weighted.value!.error, 0.9 / 6, 1e-12);
  });
  it("puts an edge into the bin below it and 0 into the first", () => {
    const edges = Array.from({ length: 11 }, (_, i) => i / 10);
    const { bins } = calibration(edges, new Float64Array(11)).value!;
    expect(bins.map((bin) => bin.weight)).toEqual([2, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
  });
});

describe("reasons", () => {
  it.each<[string, Statistic<unknown>, string]>([
    ["rocAuc without rows", rocAuc([], []), "there are no rows"],
    ["rocAuc of one class", rocAuc([1, 2], [1, 1]), "needs at least one positive and one negative row"],
    [
      "rocAuc of a class without weight",
      rocAuc([1, 2], [1, 0], [0, 1]),
      "needs at least one positive and one negative row",
    ],
    ["rocAuc with too few labels", rocAuc([1, 2], [1]), "there are 2 scores and 1 labels"],
    ["rocAuc with a NaN score", rocAuc([1, Number.NaN], [1, 0]), "a score is not a number"],
    ["rocAuc with too few weights", rocAuc([1, 2], [1, 0], [1]), "there are 2 rows and 1 weights"],
    ["rocAuc with a negative weight", rocAuc([1, 2], [1, 0], [1, -1]), "a weight is negative or not finite"],
    ["averagePrecision without positives", averagePrecision([1, 2], [0, 0]), "needs at least one positive row"],
    ["calibration without rows", calibration([], []), "there are no rows"],
    ["calibration of 1.5", calibration([1.5], [1]), "a probability is 1.5"],
  ])("%s", (_, answer, reason) => {
    expect(answer).toEqual({ value: null, reason });
  });
  it("constant scores give one half, only positives a precision of 1", () => {
    expect(rocAuc([3, 3, 3], [1, 0, 0])).toEqual({ value: 0.5 });
    expect(averagePrecision([3, 1], [1, 1])).toEqual({ value: 1 });
  });
});

describe("midranks", () => {
  it.each([
    [[], []],
    [[5], [1]],
    [
      [10, 20, 10],
      [1.5, 3, 1.5],
    ],
    [
      [2, 2, 2],
      [2, 2, 2],
    ],
    [
      [Infinity, -Infinity, 0, -0],
      [4, 1, 2.5, 2.5],
    ],
  ])("of %j are %j", (values, ranks) => {
    expect([...midranks(values)]).toEqual(ranks);
  });
});
