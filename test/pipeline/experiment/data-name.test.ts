import { expect, it } from "vitest";
import { dataName } from "../../../pipeline/experiment/data-name.ts";

it.each<[string | string[], string]>([
  ["data/a.csv", "data/a.csv"],
  [["a.csv", "b-*.csv"], "a.csv, b-*.csv"],
  [["a", "b", "c"], "a, b, c"],
  [["a", "b", "c", "d", "e"], "a, b, c and 2 more"],
])("%s is called %s", (data, expected) => {
  expect(dataName({ data })).toBe(expected);
});
