import { expect, it } from "vitest";
import type { Column, Table } from "../../../../pipeline/table/table.ts";
import { diffTables } from "../../../support/matches.ts";
import { categorical, numeric, tableOf } from "../../../support/tables.ts";

function table(...columns: Column[]): Table {
  return tableOf(...columns);
}

const base = table(
  numeric("id", [1, 2, 3, 4]),
  numeric("age", [30, 40, null, 60]),
  categorical("sex", ["f", "m", "f", "m"]),
);

it.each([
  ["the same rows", base, { added: 0, removed: 0, changed: 0, common: 4 }, [], undefined],
  [
    "re-sorted rows",
    table(numeric("id", [4, 3, 2, 1]), numeric("age", [60, null, 40, 30]), categorical("sex", ["m", "f", "m", "f"])),
    { added: 0, removed: 0, changed: 0, common: 4 },
    [],
    true,
  ],
  [
    "changed, added and removed rows in another order",
    table(numeric("id", [5, 3, 2, 1]), numeric("age", [50, 1, 40, 31]), categorical("sex", ["m", "f", null, "m"])),
    { added: 1, removed: 1, changed: 3, common: 0 },
    [
      { column: "age", changed: 2 },
      { column: "sex", changed: 2 },
    ],
    undefined,
  ],
  [
    "a lost and a new column",
    table(numeric("id", [1, 2, 3, 4]), numeric("age", [30, 40, 50, 60]), numeric("size", [1, 2, 1, 2])),
    { added: 0, removed: 0, changed: 1, common: 3 },
    [{ column: "age", changed: 1 }],
    undefined,
  ],
])("by key: %s", (_, head, rows, cells, resorted) => {
  const diff = diffTables(base, head, null, "id");
  expect([diff.rows, diff.cells, diff.resorted]).toEqual([{ base: 4, head: 4, ...rows }, cells, resorted]);
});

it.each([
  ["repeats", numeric("id", [1, 2, 2, 4])],
  ["has gaps", numeric("id", [1, 2, null, 4])],
  ["is gone", numeric("number", [9, 8, 7, 6])],
])("rows are what they hold when the key %s", (_, id) => {
  const head = table(id, ...base.columns.slice(1));
  const { rows, cells } = diffTables(base, head, null, "id");
  expect([rows.changed, cells]).toEqual([undefined, undefined]);
});
