import { describe, expect, it } from "vitest";
import { predictivePower, sampleRows } from "../../../pipeline/integrity/predictive-power.ts";
import { singlePredictors } from "../../../pipeline/integrity/single-predictors.ts";
import { targetCopies } from "../../../pipeline/integrity/target-copies.ts";
import { createRandom } from "../../../pipeline/stats/random.ts";
import { rocAuc } from "../../../pipeline/stats/roc-auc.ts";
import type { Column } from "../../../pipeline/table/table.ts";
import { aSide, made } from "../../support/examined.ts";
import { categorical, numeric } from "../../support/tables.ts";

const rows = 2000;
const amounts = made(rows, (_, uniform) => uniform * 100);
const random = createRandom("predictors");
const noise = amounts.map(() => random.normal());
/** 30 % of the rows. */
const binary = categorical(
  "y",
  amounts.map((amount) => (amount > 70 ? "high" : "low")),
);
const three = categorical(
  "y",
  amounts.map((amount) => (amount > 70 ? "high" : amount > 30 ? "middle" : "low")),
);
const power = (feature: Column, y: Column) => {
  const side = aSide([feature, y]);
  return predictivePower(feature, side, sampleRows(side, 10_000));
};

describe("the predictive power of one feature", () => {
  it.each<[what: string, feature: Column, y: Column, measure: string, low: number, high: number]>([
    ["the number behind two classes", numeric("x", amounts), binary, "ROC AUC", 0.999, 1],
    [
      "the same, falling",
      numeric(
        "x",
        amounts.map((a) => -a),
      ),
      binary,
      "ROC AUC",
      0.999,
      1,
    ],
    ["noise", numeric("x", noise), binary, "ROC AUC", 0.4, 0.6],
    [
      "a constant",
      numeric(
        "x",
        amounts.map(() => 1),
      ),
      binary,
      "ROC AUC",
      0.5,
      0.5,
    ],
    [
      "nothing but missing cells",
      numeric(
        "x",
        amounts.map(() => null),
      ),
      binary,
      "ROC AUC",
      0.5,
      0.5,
    ],
    [
      "missing exactly in one class",
      numeric(
        "x",
        amounts.map((a, i) => (a > 70 ? null : noise[i]!)),
      ),
      binary,
      "ROC AUC",
      1,
      1,
    ],
    [
      "both ends of a scale",
      numeric(
        "x",
        amounts.map((a, i) => (a > 70 ? (i % 2) * 4 - 2 : noise[i]! / 4)),
      ),
      binary,
      "ROC AUC",
      0.98,
      1,
    ],
    [
      "a category per class and something else",
      categorical(
        "x",
        amounts.map((a, i) => `${a > 70}${i % 5}`),
      ),
      binary,
      "ROC AUC",
      1,
      1,
    ],
    [
      "identifiers",
      categorical(
        "x",
        amounts.map((_, i) => `id ${i}`),
      ),
      binary,
      "ROC AUC",
      0.5,
      0.5,
    ],
    ["the number behind three classes", numeric("x", amounts), three, "balanced accuracy", 0.98, 1],
    ["noise, three classes", numeric("x", noise), three, "balanced accuracy", 0.2, 0.5],
    [
      "the target times two",
      numeric(
        "x",
        amounts.map((a) => 2 * a),
      ),
      numeric("y", amounts),
      "R²",
      0.999,
      1,
    ],
    ["noise, regression", numeric("x", noise), numeric("y", amounts), "R²", -0.5, 0.1],
  ])("%s", (_, feature, y, measure, low, high) => {
    const measured = power(feature, y)!;
    expect([measured.measure, measured.rows]).toEqual([measure, 500]);
    expect(measured.value).toBeGreaterThanOrEqual(low);
    expect(measured.value).toBeLessThanOrEqual(high);
  });

  it("is the ROC AUC of the training rates on the hold-out", () => {
    const letters = made(rows, (row, uniform) => "abcde"[Math.floor(uniform * (row % 3 === 0 ? 5 : 3))]!, 9);
    const labels = letters.map((letter, row) =>
      (row * 7 + letter.charCodeAt(0)) % 11 < 4 + (letter > "b" ? 3 : 0) ? 1 : 0,
    );
    const feature = categorical("x", letters);
    const side = aSide([feature, categorical("y", labels.map(String))]);
    const rate = (letter: string) => {
      const trained = [...side.train].filter((row) => letters[row] === letter);
      const overall = [...side.train].filter((row) => labels[row] === 1).length / side.train.length;
      return (trained.filter((row) => labels[row] === 1).length + overall) / (trained.length + 1);
    };
    const scores = [...side.holdout].map((row) => rate(letters[row]!));
    const expected = rocAuc(
      scores,
      [...side.holdout].map((row) => labels[row]!),
    ).value!;
    expect(predictivePower(feature, side, sampleRows(side, 10_000))!.value).toBeCloseTo(expected, 12);
  });

  it.each<[what: string, side: ReturnType<typeof aSide>]>([
    [
      "too few rows",
      aSide([
        numeric("x", amounts.slice(0, 196)),
        categorical("y", binary.categories.length ? amounts.slice(0, 196).map((a) => (a > 70 ? "high" : "low")) : []),
      ]),
    ],
    [
      "one class in the hold-out",
      aSide([
        numeric("x", amounts),
        categorical(
          "y",
          amounts.map((_, i) => (i % 4 === 3 ? "a" : i % 2 ? "a" : "b")),
        ),
      ]),
    ],
    [
      "too few of a class",
      aSide([
        numeric("x", amounts),
        categorical(
          "y",
          amounts.map((_, i) => (i < 36 ? "a" : "b")),
        ),
      ]),
    ],
    [
      "a constant target",
      aSide([
        numeric("x", amounts),
        numeric(
          "y",
          amounts.map(() => 5),
        ),
      ]),
    ],
    ["no rows", aSide([numeric("x", []), categorical("y", [])])],
  ])("%s: no answer", (_, side) => {
    expect(predictivePower(side.features[0]!, side, sampleRows(side, 10_000))).toBeNull();
  });
});

it("finds the features that tell the target, in tables of any size", () => {
  const found = (count: number) => {
    const big = made(count, (_, uniform) => uniform * 100);
    const y = categorical(
      "y",
      big.map((a) => (a > 70 ? "high" : "low")),
    );
    const x = numeric("x", big);
    return singlePredictors(
      aSide([
        x,
        numeric(
          "noise",
          made(count, (_, u) => u, 3),
        ),
        y,
      ]),
    ).map(({ column, description }) => [column, description]);
  };
  expect(found(300)).toEqual([["x", expect.stringMatching(/^ROC AUC (1|0\.99\d*) on 75 hold-out rows$/)]]);
  expect(found(60_000)).toEqual([["x", expect.stringMatching(/^ROC AUC (1|0\.99\d*) on 10,000 hold-out rows$/)]]);
});

describe("copies of the target", () => {
  const yes = made(40, (row) => row % 3 === 0);
  const y = categorical(
    "y",
    yes.map((one) => (one ? "yes" : "no")),
  );
  const text = (value: (row: number) => string | null) => categorical("x", made(40, value));
  it.each<[what: string, feature: Column, mapping: string | null]>([
    ["another name", text((row) => (yes[row] ? "alive" : "dead")), '"dead" is "no", "alive" is "yes"'],
    ["a number", numeric("x", yes.map(Number)), '"0" is "no", "1" is "yes"'],
    ["present or missing", text((row) => (yes[row] ? "alive" : null)), '"" is "no", "alive" is "yes"'],
    ["one exception", text((row) => (yes[row] && row > 0 ? "alive" : "dead")), null],
    ["two names for a class", text((row) => (yes[row] ? "alive" : row % 2 ? "dead" : "gone")), null],
    ["a constant", text(() => "x"), null],
  ])("%s", (_, feature, mapping) => {
    const found = targetCopies(aSide([feature, y]));
    expect(found.map(({ kind, column, evidence }) => [kind, column, evidence])).toEqual(
      mapping === null ? [] : [["target-copy", "x", { rows: 40, classes: 2, mapping }]],
    );
  });

  it("many classes show the first few", () => {
    const letters = made(40, (row) => "abcdefgh"[row % 8]!);
    const found = targetCopies(
      aSide([
        categorical(
          "x",
          letters.map((letter) => letter.toUpperCase()),
        ),
        categorical("y", letters),
      ]),
    );
    expect(found[0]!.description).toBe('"A" is "a", "B" is "b", "C" is "c", …');
  });

  it("nine rows or a regression say nothing", () => {
    const few = ["a", "b", "a", "b", "a", "b", "a", "b", "a"];
    expect(targetCopies(aSide([categorical("x", few), categorical("y", few)]))).toEqual([]);
    expect(targetCopies(aSide([numeric("x", amounts), numeric("y", amounts)]))).toEqual([]);
  });
});
