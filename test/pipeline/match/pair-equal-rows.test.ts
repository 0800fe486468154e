import { describe, expect, it } from "vitest";
import { occurrenceKeys } from "../../../pipeline/match/occurrence-keys.ts";
import { pairEqualRows } from "../../../pipeline/match/pair-equal-rows.ts";
import { rowKeysOver } from "../../../pipeline/match/row-keys.ts";
import { createRandom } from "../../../pipeline/stats/random.ts";
import type { Table } from "../../../pipeline/table/table.ts";
import { categorical, numeric, tableOf } from "../../support/tables.ts";

const random = createRandom("equal rows");

function drawTable(rows: number, values: number): Table {
  const draw = () => Array.from({ length: rows }, () => random.below(values));
  return tableOf(numeric("a", draw()), categorical("b", draw().map(String)), numeric("c", draw()));
}

/** The same, by one string per row. */
function pairByText(base: Table, head: Table, names: string[]) {
  const keys = (table: Table) => occurrenceKeys(rowKeysOver(table, names));
  const rowOf = new Map(keys(base).map((key, row) => [key, row]));
  const pairs = keys(head).flatMap((key, row) => (rowOf.has(key) ? [[rowOf.get(key)!, row]] : []));
  return { base: pairs.map(([left]) => left), head: pairs.map(([, right]) => right) };
}

describe("pairEqualRows", () => {
  it.each([
    ["few repeats", drawTable(300, 40), drawTable(250, 40), ["a", "b"]],
    ["many repeats", drawTable(400, 3), drawTable(500, 3), ["a", "b", "c"]],
    ["one column", drawTable(100, 5), drawTable(100, 5), ["b"]],
    ["nothing in common", drawTable(50, 3), tableOf(numeric("a", [7, 8])), ["a"]],
    ["an empty side", drawTable(20, 3), drawTable(0, 3), ["a"]],
    ["no column", drawTable(20, 3), drawTable(20, 3), []],
  ])("pairs tables with %s as their keys do", (_, base, head, names) => {
    const pairs = pairEqualRows(base, head, names);
    const expected = names.length === 0 ? { base: [], head: [] } : pairByText(base, head, names);
    expect({ base: [...pairs.base], head: [...pairs.head] }).toEqual(expected);
  });

  it("pairs a table with itself row by row", () => {
    const table = drawTable(30, 2);
    const rows = Array.from({ length: 30 }, (_, row) => row);
    const pairs = pairEqualRows(table, table, ["a"]);
    expect([[...pairs.base], [...pairs.head]]).toEqual([rows, rows]);
  });
});
