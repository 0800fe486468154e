import { describe, expect, it } from "vitest";
import type { SchemaDiff } from "../../../pipeline/match/schema-diff.ts";
import type { Column, Table } from "../../../pipeline/table/table.ts";
import { diffTables } from "../../support/matches.ts";
import { categorical, numeric, tableOf } from "../../support/tables.ts";

function table(...columns: Column[]): Table {
  return tableOf(...columns);
}

const count = 40;
const series = (of: (i: number) => number) => Array.from({ length: count }, (_, i) => of(i));
const id = numeric(
  "id",
  series((i) => i),
);
const size = numeric(
  "size",
  series((i) => (i * 7919) % 101),
);
const flag = numeric(
  "flag",
  series((i) => i % 2),
);
const color = categorical(
  "color",
  series((i) => i % 3).map((code) => ["red", "green", "blue"][code]!),
);
const label = categorical(
  "y",
  series((i) => i % 4).map((code) => (code === 0 ? "yes" : "no")),
);
const base = table(id, size, flag, color, label);

const same: SchemaDiff = {
  added: [],
  removed: [],
  renamed: [],
  retyped: [],
  target: { added: [], removed: [] },
  rows: { base: count, head: count, added: 0, removed: 0, common: count },
};

/** The rows of a table in another order, or only some of them. */
function rows(of: Table, wanted: number[]): Table {
  return table(
    ...of.columns.map((column) =>
      column.type === "numeric"
        ? { ...column, values: Float64Array.from(wanted, (row) => column.values[row]!) }
        : { ...column, codes: Int32Array.from(wanted, (row) => column.codes[row]!) },
    ),
  );
}

const named = (column: Column, name: string): Column => ({ ...column, name });
const forward = series((i) => i);

describe("diffSchema", () => {
  it.each<[string, Table, Partial<SchemaDiff>]>([
    ["nothing in the same table", base, {}],
    [
      "nothing in sorted rows and columns",
      rows(table(label, color, flag, size, id), forward.toReversed()),
      { resorted: true },
    ],
    [
      "an added column",
      table(
        id,
        size,
        flag,
        color,
        label,
        numeric(
          "new",
          series((i) => i * i),
        ),
      ),
      { added: ["new"] },
    ],
    ["a removed column", table(id, size, color, label), { removed: ["flag"] }],
    [
      "a renamed column",
      table(id, named(size, "width"), flag, color, label),
      { renamed: [{ from: "size", to: "width", similarity: 1 }] },
    ],
    [
      "a renamed column of few values, by its rows",
      table(id, size, named(flag, "is_odd"), color, label),
      { renamed: [{ from: "flag", to: "is_odd", similarity: 1 }] },
    ],
    [
      "two columns that changed names with each other, which are neither retyped nor other rows",
      table(id, named(color, "size"), flag, named(size, "color"), label),
      {
        moved: [
          { from: "size", to: "color", similarity: 1 },
          { from: "color", to: "size", similarity: 1 },
        ],
      },
    ],
    [
      "a target that changed places with a feature, whose values are not compared",
      table(id, size, named(label, "flag"), color, named(flag, "y")),
      {
        moved: [
          { from: "flag", to: "y", similarity: 1 },
          { from: "y", to: "flag", similarity: 1 },
        ],
        target: null,
      },
    ],
    [
      "a new column in front of others, which all got the name of the next, with the same rows",
      table(
        numeric(
          "id",
          series((i) => i / 7),
        ),
        named(id, "size"),
        named(size, "flag"),
        named(flag, "w"),
        color,
        label,
      ),
      {
        added: ["w"],
        moved: [
          { from: "id", to: "size", similarity: 1 },
          { from: "size", to: "flag", similarity: 1 },
          { from: "flag", to: "w", similarity: 1 },
        ],
      },
    ],
    [
      "a renamed column with a few other values",
      table(
        id,
        numeric(
          "width",
          series((i) => (i < 2 ? -1 : (i * 7919) % 101)),
        ),
        flag,
        color,
        label,
      ),
      {
        renamed: [{ from: "size", to: "width", similarity: 0.95 }],
        rows: { base: count, head: count, added: 2, removed: 2, common: count - 2 },
      },
    ],
    [
      "a replaced column, which is no rename",
      table(
        id,
        numeric(
          "width",
          series((i) => (i * 31) % 101),
        ),
        flag,
        color,
        label,
      ),
      { added: ["width"], removed: ["size"] },
    ],
    [
      "a retyped column",
      table(
        id,
        size,
        categorical(
          "flag",
          series((i) => i % 2).map((f) => (f === 1 ? "true" : "false")),
        ),
        color,
        label,
      ),
      {
        retyped: [{ column: "flag", from: "numeric", to: "categorical" }],
        rewritten: [{ column: "flag" }],
        rows: { base: count, head: count, added: count, removed: count, common: 0 },
      },
    ],
    [
      "the texts that kept a column from being numeric",
      table(
        id,
        size,
        categorical(
          "flag",
          series((i) => i).map((i) => (i === 3 ? "n/a" : i < 2 ? "?" : `${i % 2}`)),
        ),
        color,
        label,
      ),
      {
        retyped: [{ column: "flag", from: "numeric", to: "categorical", texts: { cells: 3, values: ["?", "n/a"] } }],
        rows: { base: count, head: count, added: 3, removed: 3, common: count - 3 },
      },
    ],
    [
      "no new type in an emptied column",
      table(
        id,
        size,
        flag,
        numeric(
          "color",
          series(() => Number.NaN),
        ),
        label,
      ),
      {
        rewritten: [{ column: "color" }],
        rows: { base: count, head: count, added: count, removed: count, common: 0 },
      },
    ],
    [
      "rows that went and came",
      rows(base, [...forward.slice(5), 7]),
      { rows: { base: count, head: count - 4, added: 1, removed: 5, common: count - 5 } },
    ],
    [
      "a new and a lost class",
      table(
        id,
        size,
        flag,
        color,
        categorical(
          "y",
          series((i) => i % 4).map((code) => (code === 0 ? "maybe" : "no")),
        ),
      ),
      {
        target: { added: ["maybe"], removed: ["yes"] },
        rows: { base: count, head: count, added: 10, removed: 10, common: 30 },
      },
    ],
    ["an absent target", table(id, size, flag, color), { removed: ["y"], target: null }],
  ])("finds %s", (_, head, expected) => {
    expect(diffTables(base, head, "y")).toEqual({ ...same, ...expected });
  });

  it("swaps its lists when base and head are swapped", () => {
    const head = table(
      id,
      named(size, "width"),
      color,
      label,
      numeric(
        "new",
        series((i) => i * i),
      ),
    );
    const forth = diffTables(base, head, "y");
    const back = diffTables(head, base, "y");
    expect(back).toEqual({
      ...same,
      added: forth.removed,
      removed: forth.added,
      renamed: forth.renamed.map(({ from, to, similarity }) => ({ from: to, to: from, similarity })),
    });
  });

  it("finds renames without any common column by the values", () => {
    const head = rows(
      table(named(id, "key"), named(size, "width"), named(flag, "f"), named(color, "c")),
      forward.toReversed(),
    );
    expect(diffTables(table(id, size, flag, color), head, null)).toEqual({
      added: ["f", "c"],
      removed: ["flag", "color"],
      renamed: [
        { from: "id", to: "key", similarity: 1 },
        { from: "size", to: "width", similarity: 1 },
      ],
      retyped: [],
      target: null,
      rows: same.rows,
      resorted: true,
    });
  });

  it.each<[string, Column, Column, SchemaDiff["target"]]>([
    [
      "0/1 turned into words",
      numeric("y", [0, 1]),
      categorical("y", ["no", "yes"]),
      { added: ["no", "yes"], removed: ["0", "1"] },
    ],
    ["a new number", numeric("y", [0, 1]), numeric("y", [0, 2]), { added: ["2"], removed: ["1"] }],
    ["a quantity", numeric("y", [0.5, 1]), numeric("y", [0.5, 2]), null],
  ])("compares targets: %s", (_, before, after, expected) => {
    expect(diffTables(table(before), table(after), "y").target).toEqual(expected);
  });

  it("takes empty tables", () => {
    expect(diffTables(table(), table(), "y")).toEqual({
      ...same,
      target: null,
      rows: { base: 0, head: 0, added: 0, removed: 0, common: 0 },
    });
  });
});
