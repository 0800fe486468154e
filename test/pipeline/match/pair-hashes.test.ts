import { describe, expect, it } from "vitest";
import { pairHashes } from "../../../pipeline/match/pair-hashes.ts";
import { rowHashes } from "../../../pipeline/match/row-hashes.ts";
import { occurrenceKeys } from "../../../pipeline/split/occurrence-keys.ts";
import { rowNames } from "../../../pipeline/split/row-names.ts";
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
  const keys = (table: Table) => occurrenceKeys(rowNames(table, names));
  const rowOf = new Map(keys(base).map((key, row) => [key, row]));
  const pairs = keys(head).flatMap((key, row) => (rowOf.has(key) ? [[rowOf.get(key)!, row]] : []));
  return { base: pairs.map(([left]) => left), head: pairs.map(([, right]) => right) };
}

describe("pairHashes", () => {
  it.each([
    ["few repeats", drawTable(300, 40), drawTable(250, 40), ["a", "b"]],
    ["many repeats", drawTable(400, 3), drawTable(500, 3), ["a", "b", "c"]],
    ["one column", drawTable(100, 5), drawTable(100, 5), ["b"]],
    ["nothing in common", drawTable(50, 3), tableOf(numeric("a", [7, 8])), ["a"]],
    ["an empty side", drawTable(20, 3), drawTable(0, 3), ["a"]],
  ])("pairs tables with %s as their keys do", (_, base, head, names) => {
    const [before, after] = [rowHashes(base, names), rowHashes(head, names)];
    const { pairs, distinct } = pairHashes(before, after);
    expect({ base: [...pairs.base], head: [...pairs.head] }).toEqual(pairByText(base, head, names));
    const [old, now] = [new Set(rowNames(base, names)), new Set(rowNames(head, names))];
    expect(distinct).toEqual({
      base: old.size,
      head: now.size,
      common: [...old].filter((name) => now.has(name)).length,
    });
  });
});
