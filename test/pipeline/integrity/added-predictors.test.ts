import { describe, expect, it } from "vitest";
import type { Measured } from "../../../pipeline/integrity/examined-side.ts";
import { linearCombinations } from "../../../pipeline/integrity/linear-combinations.ts";
import { isTooGood } from "../../../pipeline/integrity/near-perfect.ts";
import { pairPredictors } from "../../../pipeline/integrity/pair-predictors.ts";
import { signPredictors } from "../../../pipeline/integrity/sign-predictors.ts";
import { createRandom } from "../../../pipeline/stats/random.ts";
import { aSide } from "../../support/examined.ts";
import { categorical, numeric } from "../../support/tables.ts";

const rows = 1_200;
const random = createRandom("added");
const draw = () => Array.from({ length: rows }, () => random.normal());
const [a, b, noise] = [draw(), draw(), draw()];
const yes = a.map((value, row) => value + noise[row]! > 0);
const coin = a.map(() => Number(random.uniform() < 0.5));
const y = categorical(
  "y",
  yes.map((one) => (one ? "yes" : "no")),
);
const day = (number: number) => new Date(Date.UTC(2024, 0, 1 + number)).toISOString().slice(0, 10);
const names = (found: readonly Measured[]) => found.map(({ columns, column }) => columns ?? [column]);

describe("pairs of features", () => {
  it.each<[what: string, k: number[], l: number[], told: string[][]]>([
    ["exclusive or", coin, coin.map((one, row) => one ^ Number(yes[row])), [["k", "l"]]],
    [
      "exclusive or, wrong in 5 % of the rows",
      coin,
      coin.map((one, row) => one ^ Number(yes[row] !== row % 20 < 1)),
      [["k", "l"]],
    ],
    ["the signs of two numbers", b, b.map((one, row) => (yes[row] ? one : -one)), [["k", "l"]]],
    ["a copy beside noise: one alone tells it", coin, yes.map(Number), []],
    [
      "two honest features that help only together",
      b,
      b.map((one, row) => (yes[row] ? 0.5 : -0.5) * Math.sign(one) + noise[row]!),
      [],
    ],
    ["noise", b, coin, []],
  ])("%s", (_, k, l, told) => {
    const [one, other] = [numeric("k", k), numeric("l", l)];
    const side = aSide([numeric("a", a), one, other, y]);
    expect(names(pairPredictors(side, [one, other]))).toEqual(told);
  });

  it("are examined with the features that were there, but not among these", () => {
    const [k, l] = [
      numeric("k", coin),
      numeric(
        "l",
        coin.map((one, row) => one ^ Number(yes[row])),
      ),
    ];
    const side = aSide([k, numeric("b", b), l, y]);
    expect(names(pairPredictors(side, [l]))).toEqual([["l", "k"]]);
    expect(pairPredictors(side, [side.features[1]!])).toEqual([]);
  });
});

describe("linear combinations", () => {
  const target = numeric(
    "y",
    a.map((value, row) => 20 + value + 2 * b[row]!),
  );
  const three = categorical(
    "y",
    a.map((value) => (value > 0.7 ? "high" : value > -0.7 ? "middle" : "low")),
  );
  const size = a.map((value) => 2 + Math.abs(value));
  const parts = (other: (k: number, row: number) => number) => [size, size.map(other)] as const;
  it.each<[what: string, y: typeof y | typeof target, k: readonly number[], l: readonly number[], told: string[][]]>([
    ["a sum", target, ...parts((k, row) => 20 + a[row]! + 2 * b[row]! - k), [["k", "l"]]],
    ["a ratio", target, ...parts((k, row) => (20 + a[row]! + 2 * b[row]!) * k), [["k", "l"]]],
    ["a product", target, ...parts((k, row) => (20 + a[row]! + 2 * b[row]!) / k), [["k", "l"]]],
    [
      "a sum, rounded",
      target,
      ...parts((k, row) => Math.round(100 * (20 + a[row]! + 2 * b[row]! - k)) / 100),
      [["k", "l"]],
    ],
    ["a difference that is the class", y, ...parts((k, row) => k + 0.05 * Number(yes[row])), [["k", "l"]]],
    ["a ratio that is the class", y, ...parts((k, row) => k * (1 + 0.05 * Number(yes[row]))), [["k", "l"]]],
    [
      "a difference that is one class of three",
      three,
      ...parts((k, row) => k + 0.05 * Number(a[row]! > 0.7)),
      [["k", "l"]],
    ],
    ["a sum with noise: R² 0.99", target, ...parts((k, row) => 20 + a[row]! + 2 * b[row]! - k + 0.2 * noise[row]!), []],
    ["classes that a line divides", y, a, noise, []],
    ["noise", target, b, noise, []],
  ])("%s", (_, labels, k, l, told) => {
    const [one, other] = [numeric("k", [...k]), numeric("l", [...l])];
    const side = aSide([numeric("m", draw()), one, other, labels]);
    expect(names(linearCombinations(side, [other])).map((each) => each.sort())).toEqual(told);
  });

  it("of features that were all there are the base's", () => {
    const [k, l] = [numeric("k", b), numeric("l", a)];
    const side = aSide([k, l, numeric("m", noise), target]);
    expect(linearCombinations(side, [side.features[2]!])).toEqual([]);
  });
});

describe("how a value is written", () => {
  const pick = (count: number) => random.below(count);
  it.each<[what: string, text: (yes: boolean, row: number) => string, by: string | null]>([
    ["a word", (one, row) => `ref ${row} ${one ? "late" : "good"} ${pick(9)}`, "the word good"],
    ["the first word", (one, row) => `${one ? "b" : "c"}, ${row}`, "its first character"],
    ["the last digit", (one, row) => `${row}${2 * pick(5) + Number(one)}`, "its last character"],
    ["the length", (one, row) => `${1000 + row}${one ? "0" : ""}0`, "its length"],
    ["the form", (one, row) => (one ? `${100 + row}-${pick(9)}a` : `${100 + row}_${pick(9)}a`), "its form"],
    ["the day of the week", (one) => day(7 * pick(300) + (one ? pick(3) : 3 + pick(4))), "its day of the week"],
    ["the month, mostly: an honest season", (one) => day((one === pick(5) > 0 ? 0 : 182) + pick(182)), null],
    ["a name", (_, row) => `name ${row}`, null],
    ["few values, which tell by themselves", (one) => (one ? "paid" : "open"), null],
  ])("%s", (_, text, by) => {
    const k = categorical(
      "k",
      yes.map((one, row) => text(one, row)),
    );
    const found = signPredictors(aSide([numeric("a", a), k, y]), [k]);
    expect(found.map(({ evidence }) => evidence.by)).toEqual(by === null ? [] : [by]);
  });
});

it.each([
  [0.988, 0.786, true],
  [0.97, 0.83, true],
  [0.842, 0.786, false],
  [0.95, 0.85, false],
  [1, 0.99, true],
  [1, 1, false],
])("%d after %d is too good: %s", (reached, without, expected) => {
  expect(isTooGood({ with: reached, without })).toBe(expected);
});
