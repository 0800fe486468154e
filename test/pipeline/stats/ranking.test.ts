import { describe, expect, it } from "vitest";
import { averagePrecision } from "../../../pipeline/stats/average-precision.ts";
import { midranks } from "../../../pipeline/stats/midranks.ts";
import { rankScores } from "../../../pipeline/stats/ranked-scores.ts";
import { rocAuc, rocAucRanked } from "../../../pipeline/stats/roc-auc.ts";
import type { Statistic } from "../../../pipeline/stats/statistic.ts";
import reference from "../../fixtures/reference/ranking.json" with { type: "json" };
import { expectClose } from "./close-to.ts";
import { ofRanked } from "./ranked.ts";

const [weightedArea, precision] = [ofRanked(rocAucRanked), ofRanked(averagePrecision)];

describe(`against scikit-learn ${reference.versions["scikit-learn"]}`, () => {
  it.each(reference.cases)("$name", ({ scores, positives, weights, ...expected }) => {
    expectClose(rocAuc(scores, positives).value, expected.rocAuc, 1e-12);
    expectClose(weightedArea(scores, positives, weights).value, expected.rocAucWeighted, 1e-12);
    expectClose(precision(scores, positives).value, expected.averagePrecision, 1e-12);
    expectClose(precision(scores, positives, weights).value, expected.averagePrecisionWeighted, 1e-12);
  });
});

describe("rankScores", () => {
  it("puts the best first, keeps tied rows in row order and closes each group of ties", () => {
    const { order, positive, closes } = rankScores([0.5, 0.9, 0.5, 0, -0, 0.9], [1, 0, 0, 1, 0, 1]).value!;
    expect([...order]).toEqual([1, 5, 0, 2, 3, 4]);
    expect([...positive]).toEqual([0, 1, 1, 0, 1, 0]);
    expect([...closes]).toEqual([0, 1, 0, 1, 0, 1]);
  });
});

describe("reasons", () => {
  const extreme = "the weights are too large or too small";
  const noRow = "no row belongs to the class that is ranked";

  it.each<[string, Statistic<unknown>, string]>([
    ["rocAuc without rows", rocAuc([], []), "there are no rows"],
    ["rocAuc of one class", rocAuc([1, 2], [1, 1]), "every row belongs to the class that is ranked"],
    ["rocAuc of a class without weight", weightedArea([1, 2], [1, 0], [0, 1]), noRow],
    ["rocAuc with too few labels", rocAuc([1, 2], [1]), "there are 2 scores and 1 labels"],
    ["rocAuc with a NaN score", rocAuc([1, Number.NaN], [1, 0]), "a score is not a number"],
    ["rocAuc of weights that vanish", weightedArea([1, 2], [1, 0], [5e-324, 5e-324]), extreme],
    ["averagePrecision without positives", precision([1, 2], [0, 0]), noRow],
  ])("%s", (_, answer, reason) => {
    expect(answer).toEqual({ value: null, reason });
  });
  it("constant scores give one half, only positives a precision of 1", () => {
    expect(rocAuc([3, 3, 3], [1, 0, 0])).toEqual({ value: 0.5 });
    expect(precision([3, 1], [1, 1])).toEqual({ value: 1 });
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
