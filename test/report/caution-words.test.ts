import { expect, it } from "vitest";
import type { Caution } from "../../pipeline/compare/comparison.ts";
import { cautionWords } from "../../src/report/caution-words.ts";

it.each<[Caution, string]>([
  [
    { kind: "few-rows", unit: "row", count: 2, of: 8140, share: 0.8 },
    "few rows decide: 2 of 8,140 rows carry 80 % of the variance of this change, so the interval may be too narrow",
  ],
  [
    { kind: "few-rows", unit: "group", count: 1, of: 30, share: 0.999 },
    "few groups decide: 1 of 30 groups carries 99 % of the variance of this change, so the interval may be too narrow",
  ],
  [
    { kind: "uneven-groups", groups: 1200, alike: 3 },
    "1,200 groups of rows, of which some are so large that they tell no more than 3 of one size would, so the interval may be too narrow",
  ],
  [
    { kind: "class-in-few-groups", alike: 2 },
    "the rows of a class come from few groups, which tell no more than 2 of one size would, so the interval may be too narrow",
  ],
  [{ kind: "few-groups", groups: 7 }, "only 7 groups of rows, so the interval may be too narrow"],
  [{ kind: "rare-class", rows: 1 }, "the rarest class has only 1 row, so the interval may be too narrow"],
  [{ kind: "few-disagreements", rows: 4 }, "the models disagree on only 4 rows, so the interval may be too narrow"],
  [{ kind: "biased", rows: 240 }, "on 240 rows this error comes out too large on both sides"],
])("of %o", (caution, words) => {
  expect(cautionWords(caution)).toBe(words);
});
