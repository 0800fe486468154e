import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Match } from "../../../pipeline/match/match.ts";
import { holdoutOfBase } from "../../../pipeline/match/membership.ts";
import { hashedColumns } from "../../../pipeline/match/row-hashes.ts";
import { ways } from "../../../pipeline/match/ways/name-rows.ts";
import type { Column, Table } from "../../../pipeline/table/table.ts";
import { made } from "../../support/examined.ts";
import { matchOf } from "../../support/matches.ts";
import { categorical, numeric, tableOf } from "../../support/tables.ts";

const count = 400;
const id = categorical(
  "id",
  made(count, (row) => `person ${row}`),
);
const age = numeric(
  "age",
  made(count, (_, uniform) => Math.round(1000 * uniform) / 10, 1),
);
const size = numeric(
  "size",
  made(count, (_, uniform) => uniform, 2),
);
const word = categorical(
  "word",
  made(count, (_, uniform) => "abcdefgh"[Math.floor(8 * uniform)]!, 3),
);
const label = categorical(
  "y",
  made(count, (_, uniform) => (uniform < 0.3 ? "yes" : "no"), 4),
);
const base = tableOf(id, age, size, word, label);

/** The same column with other cells in some rows. */
function edited(column: Column, cell: (row: number, was: string | number | null) => string | number | null): Column {
  const cells = made(count, (row) => cell(row, cellOf(column, row)));
  return column.type === "numeric"
    ? numeric(column.name, cells as number[])
    : categorical(column.name, cells as (string | null)[]);
}

/** These rows of a table, in this order. */
function rowsOf(table: Table, rows: readonly number[]): Table {
  return tableOf(
    ...table.columns.map((column) =>
      column.type === "numeric"
        ? numeric(
            column.name,
            rows.map((row) => column.values[row]!),
          )
        : categorical(
            column.name,
            rows.map((row) => column.categories[column.codes[row]!] ?? null),
          ),
    ),
  );
}

function cellOf(column: Column, row: number): number | string | null {
  return column.type === "numeric" ? column.values[row]! : (column.categories[column.codes[row]!] ?? null);
}

/** A table without a row twice, of which a shorter one is the beginning. */
function grown(rows: number): Table {
  return tableOf(
    numeric(
      "height",
      made(rows, (row) => Math.sqrt(row)),
    ),
    numeric(
      "weight",
      made(rows, (row) => row / 7),
    ),
    categorical(
      "y",
      made(rows, (row) => (row % 3 === 0 ? "yes" : "no")),
    ),
  );
}

const every = Array.from({ length: count }, (_, row) => row);
const reversed = every.toReversed();
const anew = edited(size, (_, was) => (was as number) * 2.54);
const flipped = edited(label, (row, was) => (row % 10 === 0 ? (was === "yes" ? "no" : "yes") : was));
const shifted = edited(id, (row) => `person ${(row + 1) % count}`);

const told = ({ naming, doubts, refusal, ...match }: Match) => ({
  way: naming.way,
  columns: naming.columns,
  rows: match.rows.base.length,
  relabelled: match.relabelled.base.length,
  unchanged: match.unchanged.base.length,
  doubts: doubts.map(({ kind }) => kind),
  refusal: refusal?.kind ?? null,
});

describe("matchTables", () => {
  it.each<[string, Match, Partial<ReturnType<typeof told>>]>([
    [
      "the declared key",
      matchOf(base, rowsOf(base, reversed), { key: "id" }),
      { way: "declared-key", columns: ["id"] },
    ],
    ["the content", matchOf(base, rowsOf(base, reversed)), { way: "content", columns: null }],
    [
      "the columns of both, where one is new",
      matchOf(
        base,
        tableOf(
          ...base.columns,
          numeric(
            "new",
            made(count, (row) => row),
          ),
        ),
      ),
      { way: "shared-columns", columns: ["age", "id", "size", "word", "y"], doubts: ["columns-differ"] },
    ],
    [
      "the columns that stayed, where one was written anew",
      matchOf(base, tableOf(id, age, anew, word, label)),
      {
        way: "unchanged-columns",
        columns: ["age", "id", "word", "y"],
        unchanged: 0,
        doubts: ["columns-written-anew"],
      },
    ],
    [
      "the other columns, where the key was given to other rows",
      matchOf(base, tableOf(shifted, age, size, word, label), { key: "id" }),
      { way: "other-columns", columns: ["age", "size", "word", "y"], doubts: ["keys-reassigned"] },
    ],
    [
      "the declared key, also of rows that have another label",
      matchOf(base, tableOf(id, age, size, word, flipped), { key: "id" }),
      { way: "declared-key", columns: ["id"], relabelled: count / 10, unchanged: count - count / 10 },
    ],
    [
      "the content, and without the target those that have another label",
      matchOf(base, tableOf(id, age, size, word, flipped)),
      { way: "content", columns: null, rows: 360, relabelled: count / 10, unchanged: 360 },
    ],
    [
      "the content, where the base is a small part of the head",
      matchOf(grown(500), grown(20_000)),
      { way: "content", columns: null, rows: 500, unchanged: 500 },
    ],
    [
      "the content of most rows, where others came and went",
      matchOf(rowsOf(base, every.slice(40)), rowsOf(base, every.slice(0, 380))),
      { way: "content", columns: null, rows: 340, unchanged: 340 },
    ],
  ])("names rows by %s", (_, match, expected) => {
    const usual = { rows: count, relabelled: 0, unchanged: count, doubts: [], refusal: null };
    expect(told(match)).toEqual({ ...usual, ...expected });
  });

  it.each<[string, Match, string]>([
    [
      "whose target moved",
      matchOf(base, tableOf(id, age, size, { ...label, name: "word" }, { ...word, name: "y" })),
      "target-moved",
    ],
    [
      "that have one column in common",
      matchOf(tableOf(age, label), tableOf({ ...size, name: "b" }, label, age)),
      "too-few-columns",
    ],
    [
      "whose key names other observations",
      matchOf(
        base,
        tableOf(
          id,
          numeric(
            "age",
            made(count, (_, uniform) => 100 * uniform, 11),
          ),
          numeric(
            "size",
            made(count, (_, uniform) => uniform, 12),
          ),
          categorical(
            "word",
            made(count, (_, uniform) => "abcdefgh"[Math.floor(8 * uniform)]!, 13),
          ),
          categorical(
            "y",
            made(count, (_, uniform) => (uniform < 0.3 ? "yes" : "no"), 14),
          ),
        ),
        { key: "id" },
      ),
      "other-observations",
    ],
  ])("refuses tables %s", (_, match, kind) => {
    expect(told(match).refusal).toBe(kind);
  });

  it.each([
    ["classes", label],
    [
      "numbers",
      numeric(
        "y",
        made(count, (_, uniform) => uniform, 9),
      ),
    ],
    ["classes of which some are missing", edited(label, (row, was) => (row % 3 === 0 ? null : was))],
  ])("finds every row of a repeated key again in another order, with targets that are %s", (_, target) => {
    const visits = tableOf(
      categorical(
        "id",
        made(count, (row) => `p${row % 100}`),
      ),
      { ...word, name: "place" },
      target,
    );
    const { rows, relabelled, unchanged } = matchOf(visits, rowsOf(visits, reversed), { key: "id" });
    expect([rows, relabelled, unchanged].map(({ base: found }) => found.length)).toEqual([count, 0, count]);
    // copies of a whole row are the same row
    const told = (at: number) => JSON.stringify(visits.columns.map((one) => cellOf(one, at)));
    expect(rows.base.every((row, at) => told(row) === told(count - 1 - rows.head[at]!))).toBe(true);
  });

  it("pairs rows of a repeated key whose label changed, after those whose label did not", () => {
    const visits = tableOf(
      categorical(
        "id",
        made(count, (row) => `p${row % 100}`),
      ),
      label,
    );
    const changed = tableOf(
      visits.columns[0]!,
      edited(label, (row, was) => (row === 7 ? (was === "yes" ? "no" : "yes") : was)),
    );
    const { rows, relabelled } = matchOf(visits, rowsOf(changed, reversed), { key: "id" });
    expect([rows.base.length, [...relabelled.base].map((row) => row % 100)]).toEqual([count, [7]]);
  });

  it("knows a renamed column again that another program kept in half the digits", () => {
    const kept = numeric("size32", Array.from(size.values, Math.fround));
    const { renamed, added, removed } = matchOf(base, tableOf(id, age, kept, word, label)).columns;
    expect({ renamed, added, removed }).toEqual({
      renamed: [{ from: "size", to: "size32", similarity: 1 }],
      added: [],
      removed: [],
    });
  });

  it("takes columns of times that are seconds apart for two columns", () => {
    const times = (name: string, later: number) =>
      numeric(
        name,
        made(count, (row) => 1_760_000_000_000 + 60_000 * row + later * ((7 * row) % 20)),
      );
    const columns = matchOf(
      tableOf(id, word, label, times("created", 0)),
      tableOf(id, word, label, times("updated", 1000)),
    );
    const { renamed, added, removed } = columns.columns;
    expect({ renamed, added, removed }).toEqual({ renamed: [], added: ["updated"], removed: ["created"] });
  });

  it("mirrors when base and head are swapped", () => {
    const head = tableOf(id, age, anew, word, flipped);
    const [forth, back] = [matchOf(base, head), matchOf(head, base)];
    const pairs = ({ rows }: Match, swap: boolean) =>
      Array.from(rows.base, (row, at) => (swap ? [rows.head[at], row] : [row, rows.head[at]]).join(" ")).sort();
    expect(pairs(back, true)).toEqual(pairs(forth, false));
  });

  it("pairs a table with itself row by row, also its copies", () => {
    const copies = rowsOf(base, [...every.slice(0, 20), ...every.slice(0, 20)]);
    const { rows, repeats } = matchOf(copies, copies);
    expect([[...rows.base], [...rows.head]]).toEqual([every.slice(0, 40), every.slice(0, 40)]);
    expect(repeats.reduce((sum, one) => sum + one, 0)).toBe(20);
  });

  it.each<[string, Table, Table]>([
    ["no rows", rowsOf(base, []), base],
    ["no rows on either side", rowsOf(base, []), rowsOf(base, [])],
    ["no columns in common", tableOf(id, age), tableOf({ ...size, name: "a" }, { ...word, name: "b" })],
    ["one row", rowsOf(base, [0]), rowsOf(base, [0])],
  ])("answers tables with %s", (_, one, other) => {
    for (const key of [null, "id"]) {
      const { rows } = matchOf(one, other, { key });
      expect(rows.base.length).toBe(Math.min(one.rowCount, other.rowCount) === 1 ? 1 : 0);
    }
  });
});

describe("the work of a match", () => {
  const fresh = ({ rowCount, columns }: Table): Table => ({ rowCount, columns: [...columns] });

  it("hashes each table once when one column was written anew", () => {
    const [before, after] = [fresh(base), tableOf(id, age, anew, word, label)];
    matchOf(before, after);
    const stayed = JSON.stringify(["age", "id", "word", "y"]);
    expect([hashedColumns(before), hashedColumns(after)]).toEqual([[stayed], [stayed]]);
  });

  it.each([
    ["no row that a key names", "id", 0],
    ["each row once without a key", null, 1],
  ])("hashes %s", (_, key, times) => {
    const [before, after] = [fresh(base), rowsOf(base, reversed)];
    matchOf(before, after, { key });
    expect([hashedColumns(before).length, hashedColumns(after).length]).toEqual([times, times]);
  });
});

describe("the ways to name rows", () => {
  it("are all in the list", () => {
    const files = readdirSync(new URL("../../../pipeline/match/ways/", import.meta.url)).map((file) =>
      file.slice(0, -3),
    );
    expect(files.sort()).toEqual([...ways.map(({ name }) => name), "name-rows", "way"].sort());
    expect(ways.map(({ name }) => name)).toEqual([
      "declared-key",
      "other-columns",
      "content",
      "shared-columns",
      "unchanged-columns",
    ]);
  });
});

describe("membership in the hold-out", () => {
  it("is that of the base for every row that the base has, also where its target changed", () => {
    const original = [...reversed.slice(0, 300), 0, 1];
    const head = rowsOf(tableOf(id, age, size, word, flipped), original);
    const heldOut = every.filter((row) => row % 4 === 0);
    const match = matchOf(base, head);
    // the base could not use row 7, so that it has no side in it
    const asked: number[] = [];
    const { partners, heldOut: held } = holdoutOfBase(
      match,
      head.rowCount,
      { heldOut, unused: new Set([7]) },
      (row) => {
        asked.push(row);
        return true;
      },
    );
    const unused = original.flatMap((row, at) => (row === 7 ? [at] : []));
    expect(asked).toEqual(unused);
    expect([...held].sort((a, b) => a - b)).toEqual(
      original.flatMap((row, at) => (row % 4 === 0 || row === 7 ? [at] : [])),
    );
    // each row of the base's hold-out that the head has is found where it is now
    expect([...partners]).toEqual(heldOut.map((row) => original.indexOf(row)));
  });

  it("is decided for what the base does not have, and one row of the head is the partner of one", () => {
    const pairs = (base: number[], head: number[]) => ({ base: Int32Array.from(base), head: Int32Array.from(head) });
    const match = { rows: pairs([0, 2, 5], [3, 1, 0]), relabelled: pairs([4, 6], [1, 2]) };
    const given = holdoutOfBase(
      match,
      6,
      { heldOut: [6, 4, 2, 1], unused: new Set([5]) },
      (row) => row === 0 || row > 4,
    );
    // row 1 of the head is row 2 of the base by name, so that it is not row 4 with another target
    expect({ partners: [...given.partners], heldOut: [...given.heldOut].sort() }).toEqual({
      partners: [2, -1, 1, -1],
      heldOut: [0, 1, 2, 5],
    });
  });
});
