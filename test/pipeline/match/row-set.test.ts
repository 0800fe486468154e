import { describe, expect, it } from "vitest";
import { otherRows, rowSet } from "../../../pipeline/match/row-set.ts";
import type { Table } from "../../../pipeline/table/table.ts";
import { categorical, numeric, tableOf } from "../../support/tables.ts";

interface Person {
  id: number;
  age: number;
  city: string;
}

const people: Person[] = [
  { id: 1, age: 30, city: "Graz" },
  { id: 2, age: 41, city: "Linz" },
  { id: 3, age: 30, city: "Graz" },
  { id: 4, age: 52, city: "Wels" },
];
const tableFrom = (rows: readonly Person[], withId = true): Table =>
  tableOf(
    ...(withId
      ? [
          numeric(
            "id",
            rows.map(({ id }) => id),
          ),
        ]
      : []),
    numeric(
      "age",
      rows.map(({ age }) => age),
    ),
    categorical(
      "city",
      rows.map(({ city }) => city),
    ),
  );
const at = (...rows: number[]) => Int32Array.from(rows);

describe("rows", () => {
  const table = tableFrom(people);
  const all = ["id", "age", "city"];
  it("are the same in another order, of the file and of the columns, and not when they hold something else", () => {
    const reversed = tableFrom(people.toReversed());
    expect(rowSet(reversed, all.toReversed(), at(0, 3))).toEqual(rowSet(table, all, at(0, 3)));
    const older = tableFrom(people.toReversed().map((one) => ({ ...one, age: one.age + 1 })));
    expect(otherRows(rowSet(older, all, at(0, 3)), rowSet(table, all, at(0, 3)))).toBe(2);
    expect(rowSet(older, ["id", "city"], at(0, 3))).toEqual(rowSet(table, ["city", "id"], at(0, 3)));
  });

  it("that hold the same count as often as they are there", () => {
    const [ours, reversed] = [tableFrom(people, false), tableFrom(people.toReversed(), false)];
    expect(rowSet(reversed, all, at(0, 1, 2, 3))).toEqual(rowSet(ours, all, at(0, 1, 2, 3)));
    expect(rowSet(reversed, all, at(1))).toEqual(rowSet(ours, all, at(0)));
    expect(otherRows(rowSet(ours, all, at(0, 2)), rowSet(ours, all, at(0)))).toBe(1);
    expect(otherRows(rowSet(ours, all, at(0)), rowSet(ours, all, at(0, 2)))).toBe(0);
  });

  it("hold the same however a number is written, and a missing cell is no text", () => {
    const words = (...cells: (string | null)[]) => tableOf(categorical("x", cells));
    const [ones] = [tableOf(numeric("x", [1, Number.NaN]))];
    expect(rowSet(words("1.0", null), ["x"], at(0, 1))).toEqual(rowSet(ones, ["x"], at(0, 1)));
    expect(otherRows(rowSet(words("", "one"), ["x"], at(0, 1)), rowSet(words(null, "1"), ["x"], at(0, 1)))).toBe(2);
  });

  it("that are too many are only told to be the same or not", () => {
    const many = rowSet(table, all, at(0, 1, 2), 2);
    expect(many).toEqual({ ...rowSet(table, all, at(0, 1, 2)), names: null });
    expect(otherRows(many, rowSet(table, all, at(2, 1, 0)))).toBe(0);
    expect(otherRows(rowSet(table, all, at(0)), many)).toBe(null);
  });

  it("may be none", () => {
    const none = rowSet(table, all, at());
    expect([none.count, none.names, otherRows(none, none)]).toEqual([0, "", 0]);
  });
});
