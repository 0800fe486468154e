import fc from "fast-check";
import { expect, it } from "vitest";
import { groupRows } from "../../../pipeline/match/group-rows.ts";
import { categorical, numeric, tableOf } from "../../support/tables.ts";

it("groups equal rows, numbered by their first one", () => {
  const columns = [numeric("x", [1, 0, 1, -0, null, null, 2]), categorical("c", ["a", null, "a", null, "b", "b", "a"])];
  expect(
    groupRows(
      tableOf(...columns),
      columns.map(({ name }) => name),
    ),
  ).toEqual({ groups: Int32Array.of(0, 1, 0, 1, 2, 2, 3), count: 4 });
});

it("groups numbers that differ behind the 15th digit", () => {
  expect(groupRows(tableOf(numeric("x", [0.3, 0.1 + 0.2, 0.300000000000001])), ["x"])).toEqual({
    groups: Int32Array.of(0, 0, 1),
    count: 2,
  });
});

it("without columns all rows are equal", () => {
  expect(groupRows({ rowCount: 3, columns: [] }, [])).toEqual({ groups: Int32Array.of(0, 0, 0), count: 1 });
  expect(groupRows({ rowCount: 0, columns: [] }, [])).toEqual({ groups: new Int32Array(0), count: 0 });
});

it("rows share a group exactly when their cells are equal", () => {
  const cell = fc.option(fc.constantFrom(0, 1, 2, 0.5, -1, 1e300, 2 ** -1074), { nil: null });
  const text = fc.option(fc.constantFrom("a", "b", "c"), { nil: null });
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, text, cell), { maxLength: 60 }), (rows) => {
      const columns = [
        numeric(
          "x",
          rows.map(([x]) => x),
        ),
        categorical(
          "c",
          rows.map(([, c]) => c),
        ),
        numeric(
          "z",
          rows.map(([, , z]) => z),
        ),
      ];
      const { groups, count } = groupRows(
        tableOf(...columns),
        columns.map(({ name }) => name),
      );
      const texts = rows.map((row) => JSON.stringify(row));
      const order = [...new Set(texts)];
      expect([...groups]).toEqual(texts.map((row) => order.indexOf(row)));
      expect(count).toBe(order.length);
    }),
  );
});

it("many rows have no false copies", () => {
  const values = Array.from({ length: 200_000 }, (_, row) => row);
  expect(groupRows(tableOf(numeric("x", values)), ["x"]).count).toBe(values.length);
  expect(
    groupRows(
      tableOf(
        numeric(
          "x",
          values.map((value) => value % 1000),
        ),
        numeric(
          "z",
          values.map((value) => Math.floor(value / 1000)),
        ),
      ),
      ["x", "z"],
    ).count,
  ).toBe(values.length);
});
