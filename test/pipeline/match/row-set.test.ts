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
  it("by their key are the same in another order, and whatever else they hold", () => {
    const other = tableFrom(people.toReversed().map((one) => ({ ...one, age: one.age + 1 })));
    expect(rowSet(other, "id", at(0, 3))).toEqual(rowSet(table, "id", at(0, 3)));
    expect(otherRows(rowSet(other, "id", at(0, 1)), rowSet(table, "id", at(0, 1)))).toBe(2);
  });

  it("by what they hold are the same in another order, and count as often as they are there", () => {
    const [ours, reversed] = [tableFrom(people, false), tableFrom(people.toReversed(), false)];
    expect(rowSet(reversed, null, at(0, 1, 2, 3))).toEqual(rowSet(ours, null, at(0, 1, 2, 3)));
    expect(rowSet(reversed, null, at(1))).toEqual(rowSet(ours, null, at(0)));
    expect(otherRows(rowSet(ours, null, at(0, 2)), rowSet(ours, null, at(0)))).toBe(1);
    expect(otherRows(rowSet(ours, null, at(0)), rowSet(ours, null, at(0, 2)))).toBe(0);
  });

  it("of a key that names several are told by what they hold", () => {
    const doubled = tableFrom(people.map((one) => ({ ...one, id: 1 })));
    expect(otherRows(rowSet(doubled, "id", at(1)), rowSet(doubled, "id", at(0)))).toBe(1);
  });

  it("that are too many are only told to be the same or not", () => {
    const many = rowSet(table, "id", at(0, 1, 2), 2);
    expect(many).toEqual({ ...rowSet(table, "id", at(0, 1, 2)), names: null });
    expect(otherRows(many, rowSet(table, "id", at(2, 1, 0)))).toBe(0);
    expect(otherRows(rowSet(table, "id", at(0)), many)).toBe(null);
  });

  it("may be none", () => {
    const none = rowSet(table, "id", at());
    expect([none.count, none.names, otherRows(none, none)]).toEqual([0, "", 0]);
  });
});
