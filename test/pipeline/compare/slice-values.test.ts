import { describe, expect, it } from "vitest";
import { sliceValues } from "../../../pipeline/compare/slice-values.ts";
import type { Column } from "../../../pipeline/table/table.ts";
import { categorical, numeric } from "../../support/tables.ts";

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);
const all = (column: Column) => ({
  column,
  rows: Int32Array.from(
    { length: column.type === "numeric" ? column.values.length : column.codes.length },
    (_, i) => i,
  ),
});

describe("sliceValues", () => {
  it.each([
    { column: categorical("c", ["b", "a", "b"]), values: ["a", "b"] },
    { column: categorical("c", ["b", null]), values: ["b", "(missing)"] },
    { column: numeric("c", [2, 1, 2, null]), values: ["1", "2", "(missing)"] },
    { column: numeric("c", upTo(100)), values: ["<25.75", "25.75 to 50.5", "50.5 to 75.25", ">=75.25"] },
    {
      column: numeric(
        "c",
        upTo(100).map((value) => value / 3),
      ),
      values: ["<8.583", "8.583 to 16.83", "16.83 to 25.08", ">=25.08"],
    },
    { column: numeric("c", [...upTo(90).map(() => 0), ...upTo(20)]), values: ["<0", "0", ">0"] },
    { column: numeric("c", []), values: [] },
  ])("of $column.type rows are $values", ({ column, values }) => {
    expect(sliceValues(all(column), null)).toEqual(values);
  });

  it("cuts at the base's quartiles, so that new data does not move them", () => {
    const head = numeric(
      "c",
      upTo(100).map((value) => value + 1000),
    );
    expect(sliceValues(all(head), all(numeric("c", upTo(100))))).toEqual([
      "<25.75",
      "25.75 to 50.5",
      "50.5 to 75.25",
      ">=75.25",
    ]);
  });

  it("looks at the given rows only", () => {
    const column = categorical("c", ["a", "b", null]);
    expect(sliceValues({ column, rows: Int32Array.of(1) }, null)).toEqual(["b"]);
  });
});
