import { expect, it } from "vitest";
import { halfOfSquares } from "../../../pipeline/stats/leading-shares.ts";

it.each([
  { values: [], answer: { count: 0, share: 0 } },
  { values: [0, 0], answer: { count: 0, share: 0 } },
  { values: [5], answer: { count: 1, share: 1 } },
  { values: [1, 1, 1, 1], answer: { count: 2, share: 0.5 } },
  { values: [1, -1, 1], answer: { count: 2, share: 2 / 3 } },
  { values: [1, -10, 2], answer: { count: 1, share: 100 / 105 } },
  { values: [Number.NaN, 1], answer: { count: 0, share: 0 } },
])("of $values", ({ values, answer }) => {
  expect(halfOfSquares(values)).toEqual(answer);
});
