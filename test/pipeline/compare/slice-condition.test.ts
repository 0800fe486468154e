import { describe, expect, it } from "vitest";
import { sliceCondition } from "../../../pipeline/compare/slice-condition.ts";
import { categorical, numeric } from "../../support/tables.ts";

const ages = numeric("age", [18, 20, 30, -1.5, null]);
const sexes = categorical("sex", ["F", "M", null, "F"]);

function rowsOf(column: typeof ages | typeof sexes, value: string): number[] | string {
  const condition = sliceCondition(column, value);
  if (typeof condition !== "function") return condition.problem;
  return [0, 1, 2, 3, 4].filter((row) => condition(row));
}

describe("sliceCondition", () => {
  it.each([
    ["20", [1]],
    ["20.0", [1]],
    ["-1.5", [3]],
    ["<20", [0, 3]],
    ["<= 20", [0, 1, 3]],
    ["≤20", [0, 1, 3]],
    [">20", [2]],
    ["≥20", [1, 2]],
    [">=2e1", [1, 2]],
    ["18 to 30", [0, 1]],
    ["(missing)", [4]],
    ["30 to 18", []],
  ])("of age %s holds for rows %j", (value, rows) => {
    expect(rowsOf(ages, value)).toEqual(rows);
  });

  it.each(["", "old", "< old", "1..5", "1 to 2 to 3", "NaN", "Infinity"])("of age %j says what is allowed", (value) => {
    expect(rowsOf(ages, value)).toBe(
      `"${value}" does not name rows of the numeric column age; allowed: a number, <30, <=30, >30, >=30, 20 to 30 or (missing)`,
    );
  });

  it.each([
    ["F", [0, 3]],
    ["(missing)", [2]],
    ["f", 'no row has sex = "f"'],
    ["", 'no row has sex = ""'],
  ])("of sex %s holds for rows %j", (value, rows) => {
    expect(rowsOf(sexes, value)).toEqual(rows);
  });

  it("prefers a category that is spelled like the name for missing", () => {
    expect(rowsOf(categorical("sex", ["(missing)", null]), "(missing)")).toEqual([0]);
  });
});
