import { expect, it } from "vitest";
import { takeRows } from "../../../pipeline/table/take-rows.ts";
import { categorical, numeric, tableOf } from "../../support/tables.ts";

const table = tableOf(numeric("age", [10, null, 30]), categorical("color", ["red", null, "blue"]));

it.each([
  ["none", []],
  ["all", [0, 1, 2]],
  ["some, in another order and twice", [2, 1, 2]],
])("takes %s of the rows, with their names; categories keep their codes", (_, rows) => {
  const [age, color] = [
    [10, Number.NaN, 30],
    [1, -1, 0],
  ];
  expect(takeRows(table, Int32Array.from(rows))).toEqual({
    rowCount: rows.length,
    columns: [
      { name: "age", type: "numeric", values: Float64Array.from(rows, (row) => age[row]!) },
      {
        name: "color",
        type: "categorical",
        codes: Int32Array.from(rows, (row) => color[row]!),
        categories: ["blue", "red"],
      },
    ],
  });
});
