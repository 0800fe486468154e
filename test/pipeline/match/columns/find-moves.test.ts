import { describe, expect, it } from "vitest";
import { createRandom } from "../../../../pipeline/stats/random.ts";
import type { Column, Table } from "../../../../pipeline/table/table.ts";
import { made } from "../../../support/examined.ts";
import { diffTables } from "../../../support/matches.ts";
import { categorical, numeric, tableOf } from "../../../support/tables.ts";

const rows = 400;
const measured = (name: string, seed: number, count = rows) =>
  numeric(
    name,
    made(count, (_, u) => u, seed),
  );
const small = (name: string, seed: number, count = rows) =>
  numeric(
    name,
    made(count, (_, u) => Math.floor(u * 3), seed),
  );
const flag = (name: string, seed: number, share = 0.5, count = rows) =>
  numeric(
    name,
    made(count, (_, u) => (u < share ? 1 : 0), seed),
  );
const word = (name: string, seed: number) =>
  categorical(
    name,
    made(rows, (_, u) => ["red", "green", "blue"][Math.floor(u * 3)]!, seed),
  );
const id = (count = rows) =>
  numeric(
    "id",
    made(count, (row) => row),
  );

const named = (column: Column, name: string): Column => ({ ...column, name });
const under = (names: string[], columns: readonly Column[]) =>
  tableOf(...columns.map((column, at) => named(column, names[at]!)));

/** A column with other values in a few rows. */
const but = (column: Column, name: string, count: number, from = 0): Column =>
  column.type === "numeric"
    ? numeric(
        name,
        Array.from(column.values, (value, row) => (row >= from && row < from + count ? 7 + row : value)),
      )
    : column;
const repeating = (name: string, from: number) =>
  numeric(
    name,
    made(rows, (row) => from + (row % 50)),
  );

function rowsOf(table: Table, wanted: number[]): Table {
  return tableOf(
    ...table.columns.map((column) =>
      column.type === "numeric"
        ? { ...column, values: Float64Array.from(wanted, (row) => column.values[row]!) }
        : { ...column, codes: Int32Array.from(wanted, (row) => column.codes[row]!) },
    ),
  );
}

const order = made(rows, (row, u) => ({ row, u }), 99)
  .sort((a, b) => a.u - b.u)
  .map(({ row }) => row);

function moves(base: Table, head: Table, key: string | null = null): string[] {
  return (diffTables(base, head, null, key).moved ?? []).map(({ from, to }) => `${from} → ${to}`);
}

const mixed = [measured("a", 1), small("b", 2), word("c", 3), flag("d", 4), flag("e", 5)];
const names = mixed.map(({ name }) => name);
const base = tableOf(...mixed);
const swapped = tableOf(mixed[0]!, mixed[1]!, mixed[2]!, named(mixed[4]!, "d"), named(mixed[3]!, "e"));
const turned = under(names, [...mixed.slice(1), mixed[0]!]);
const round = ["a → e", "b → a", "c → b", "d → c", "e → d"];

describe("columns whose values are under another name", () => {
  it.each<[what: string, base: Table, head: Table, key: string | null, found: string[]]>([
    ["the first column became the last", base, turned, null, round],
    ["and the rows were sorted anew", base, rowsOf(turned, order), null, round],
    ["and a tenth of the rows was removed", base, rowsOf(turned, order.slice(40)), null, round],
    ["two flags changed names", base, swapped, null, ["d → e", "e → d"]],
    ["and the rows were sorted anew", base, rowsOf(swapped, order), null, ["d → e", "e → d"]],
    [
      "a column was dropped, and the names of the others shifted",
      base,
      under(["a", "b", "c", "d"], [mixed[0]!, ...mixed.slice(2)]),
      null,
      ["c → b", "d → c", "e → d"],
    ],
    [
      "a column was added in front, and the names of the others shifted",
      base,
      under([...names, "f"], [measured("new", 9), ...mixed]),
      null,
      ["a → b", "b → c", "c → d", "d → e", "e → f"],
    ],
    [
      "rows of a key whose other columns changed names",
      tableOf(id(), ...mixed),
      rowsOf(
        tableOf(id(), measured("a", 7), mixed[1]!, mixed[2]!, named(mixed[4]!, "d"), named(mixed[3]!, "e")),
        order,
      ),
      "id",
      ["d → e", "e → d"],
    ],
    [
      "the key changed its name",
      tableOf(id(), ...mixed),
      under(["a", "id", "b", "c", "d", "e"], tableOf(id(), ...mixed).columns),
      "id",
      ["id → a", "a → id"],
    ],
    [
      "measured columns of rows that nothing pairs",
      tableOf(measured("a", 1), measured("b", 2), small("c", 3)),
      rowsOf(tableOf(measured("b", 1), measured("a", 2), small("c", 8)), order),
      null,
      ["a → b", "b → a"],
    ],
    [
      "a column with new values, whose old ones have a new name",
      tableOf(id(), measured("price", 1)),
      tableOf(id(), measured("price", 2), measured("old_price", 1)),
      "id",
      ["price → old_price"],
    ],
  ])("%s", (_, before, after, key, found) => {
    expect(moves(before, after, key)).toEqual(found);
  });

  const ones = numeric(
    "one",
    made(rows, () => 1),
  );
  const rare = (name: string, seed: number) => flag(name, seed, 0.05);
  it.each<[what: string, base: Table, head: Table, key?: string]>([
    ["the same table", base, base],
    ["rows sorted anew", base, rowsOf(base, order)],
    [
      "another sample",
      base,
      tableOf(...[measured("a", 11), small("b", 12), word("c", 13), flag("d", 14), flag("e", 15)]),
    ],
    ["other small whole numbers", tableOf(small("a", 1), small("b", 2)), tableOf(small("a", 3), small("b", 4))],
    [
      "two columns of one content",
      tableOf(mixed[0]!, named(mixed[0]!, "copy"), mixed[1]!),
      tableOf(mixed[0]!, named(mixed[0]!, "copy"), small("b", 7)),
    ],
    ["a column that became a copy of another one", base, tableOf(...mixed.slice(0, 4), named(mixed[3]!, "e"))],
    [
      "a column that became constant",
      tableOf(id(), mixed[1]!, ones),
      tableOf(id(), named(ones, "b"), mixed[1]!.type === "numeric" ? measured("one", 3) : ones),
      "id",
    ],
    [
      "a rare flag that was set to zero",
      tableOf(id(), rare("d", 1), rare("e", 2)),
      tableOf(id(), flag("d", 1, 0), rare("e", 3)),
      "id",
    ],
    [
      "rare flags of another sample",
      tableOf(rare("d", 1), rare("e", 2), rare("f", 3)),
      tableOf(rare("d", 4), rare("e", 5), rare("f", 6)),
    ],
    [
      "start and end corrected in a few rows",
      tableOf(measured("start", 1), measured("end", 2)),
      tableOf(
        numeric(
          "start",
          made(
            rows,
            (row) => (measured(row < 12 ? "end" : "start", row < 12 ? 2 : 1) as { values: Float64Array }).values[row]!,
          ),
        ),
        numeric(
          "end",
          made(
            rows,
            (row) => (measured(row < 12 ? "start" : "end", row < 12 ? 1 : 2) as { values: Float64Array }).values[row]!,
          ),
        ),
      ),
    ],
    [
      "two columns that were nearly equal, each corrected in a few rows",
      tableOf(id(), but(small("a", 1), "a", 6), but(small("a", 1), "b", 6, 50)),
      tableOf(id(), but(small("a", 1), "a", 6, 100), but(small("a", 1), "b", 6, 150)),
      "id",
    ],
    [
      "a column that was corrected and copied",
      tableOf(id(), small("a", 1), small("b", 2)),
      tableOf(id(), but(small("a", 1), "a", 6), but(small("a", 1), "b", 6)),
      "id",
    ],
    [
      "a twin of a column that stayed, whose values came into a third one",
      tableOf(id(), measured("a", 1), measured("b", 1), measured("c", 2)),
      tableOf(id(), measured("a", 1), measured("b", 3), measured("c", 1)),
      "id",
    ],
    [
      "cells that agree only where two nearly equal columns differed",
      tableOf(id(), but(small("a", 1), "a", 0), but(small("a", 1), "b", 20)),
      tableOf(id(), small("a", 9), but(but(small("a", 1), "b", 0), "b", rows, 20)),
      "id",
    ],
    [
      "values that repeat, of rows that nothing pairs",
      tableOf(measured("a", 1), repeating("b", 0), repeating("c", 1000)),
      rowsOf(tableOf(measured("a", 2), repeating("b", 1000), repeating("c", 0)), order),
    ],
    ["a renamed column", base, under(["z", ...names.slice(1)], mixed)],
    [
      "numbers that count rows",
      tableOf(id(), measured("a", 1)),
      tableOf(
        id(),
        numeric(
          "a",
          made(rows, (row) => row),
        ),
      ),
    ],
    ["no rows", tableOf(numeric("a", []), numeric("b", [])), tableOf(numeric("b", []), numeric("a", []))],
    ["too few rows", rowsOf(base, [1, 2, 3, 4, 5, 6, 7, 8, 9]), rowsOf(turned, [1, 2, 3, 4, 5, 6, 7, 8, 9])],
  ])("none: %s", (_, before, after, key = undefined) => {
    expect(moves(before, after, key ?? null)).toEqual([]);
  });

  it("says nothing of one-hot columns of other samples, however often it is asked", () => {
    const oneHot = (seed: number) => {
      const random = createRandom(seed);
      const values = Array.from({ length: 200 }, () => Math.floor(random.uniform() * 6));
      return tableOf(
        ...["u", "v", "w", "x", "y", "z"].map((name, at) =>
          numeric(
            name,
            values.map((value) => Number(value === at)),
          ),
        ),
      );
    };
    const found = Array.from({ length: 100 }, (_, seed) => moves(oneHot(seed), oneHot(seed + 1000)));
    expect(found.flat()).toEqual([]);
  });

  it("finds all of many columns that shifted", () => {
    const many = Array.from({ length: 300 }, (_, at) => (at % 2 === 0 ? small(`c${at}`, at) : measured(`c${at}`, at)));
    const head = under(
      many.map(({ name }) => name),
      [...many.slice(1), many[0]!],
    );
    expect(moves(tableOf(...many), head)).toHaveLength(300);
  });
});
