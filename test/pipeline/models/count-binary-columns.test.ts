import { expect, it } from "vitest";
import { countBinaryColumns } from "../../../pipeline/models/count-binary-columns.ts";

it.each([
  ["no rows", [], 3, 3],
  ["one row", [[1, 2]], 2, 2],
  [
    "a constant, two values, and three",
    [
      [1, 0, 0],
      [1, 1, 1],
      [1, 0, 2],
      [1, 1, 0],
    ],
    3,
    2,
  ],
  ["a third value in the last row only", [[1], [0], [1], [0], [0.5]], 1, 0],
])("%s", (_, rows, columns, expected) => {
  expect(countBinaryColumns({ rows: rows.length, columns, values: Float64Array.from(rows.flat()) })).toBe(expected);
});
