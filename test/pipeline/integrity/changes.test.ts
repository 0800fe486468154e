import { describe, expect, it } from "vitest";
import { categoryChanges } from "../../../pipeline/integrity/category-changes.ts";
import { classBalance } from "../../../pipeline/integrity/class-balance.ts";
import { conflictingLabels } from "../../../pipeline/integrity/conflicting-labels.ts";
import { missingRates } from "../../../pipeline/integrity/missing-rate.ts";
import { scaleChanges } from "../../../pipeline/integrity/scale-changes.ts";
import type { Column } from "../../../pipeline/table/table.ts";
import { aSide, made } from "../../support/examined.ts";
import { categorical, numeric } from "../../support/tables.ts";

const rows = 400;
const y = categorical(
  "y",
  made(rows, (row) => (row % 4 === 0 ? "yes" : "no")),
);
const own = (name: string) => name;
const side = (column: Column) => aSide([column, y]);

describe("missing rates", () => {
  const holes = (every: number) =>
    numeric(
      "x",
      made(rows, (row) => (row % every === 0 ? null : row / 7)),
    );
  it.each<[what: string, base: Column, head: Column, increase: number | null]>([
    ["from none to a tenth", holes(1000), holes(10), 0.0975],
    ["from a tenth to a quarter", holes(10), holes(4), 0.15],
    ["fewer", holes(4), holes(10), null],
    ["the same", holes(10), holes(10), null],
    ["a few more, by chance", holes(10), holes(9), null],
    ["all of them", holes(1000), holes(1), 0.9975],
  ])("%s", (_, base, head, increase) => {
    const found = missingRates(side(head), side(base), own).map(({ column, value }) => [
      column,
      Number(value.toFixed(9)),
    ]);
    expect(found).toEqual(increase === null ? [] : [["x", increase]]);
  });

  const worded = (word: string | null) =>
    categorical(
      "x",
      made(rows, (row) => (row % 10 === 0 ? word : `${row % 7}`)),
    );
  it.each<[what: string, base: Column, head: Column, increase: number | null]>([
    ["markers that became missing", worded("?"), worded(null), null],
    ["markers in a column that became numeric", worded("?"), holes(10), null],
    ["more than there were markers", worded("?"), holes(4), 0.15],
    ["words that are no markers", worded("seven"), worded(null), 0.1],
    ["markers that came", worded("seven"), worded("?"), null],
  ])("%s", (_, base, head, increase) => {
    const found = missingRates(side(head), side(base), own).map(({ value }) => Number(value.toFixed(9)));
    expect(found).toEqual(increase === null ? [] : [increase]);
  });

  it("follows a rename, and says nothing about a new column", () => {
    const [before, after] = [
      side(
        numeric(
          "old",
          made(rows, (row) => row / 7),
        ),
      ),
      side(holes(4)),
    ];
    expect(missingRates(after, before, (name) => (name === "x" ? "old" : name))).toEqual([
      {
        kind: "missing-rate",
        column: "x",
        value: 0.25,
        evidence: { base: 0, head: 0.25, increase: 0.25, missing: 100 },
        description: "missing 0 % → 25 %",
      },
    ]);
    expect(missingRates(after, before, own)).toEqual([]);
  });
});

describe("class balance", () => {
  const x = numeric(
    "x",
    made(rows, (row) => row / 7),
  );
  const classes = (label: (row: number) => string | null) => aSide([x, categorical("y", made(rows, label))]);
  const half = classes((row) => (row % 2 ? "a" : "b"));
  it.each<[what: string, head: ReturnType<typeof aSide>, found: [number, string][]]>([
    ["the same", half, []],
    ["a quarter", classes((row) => (row % 4 ? "a" : "b")), [[0.25, 'class "a" 50 % → 75 % of the rows']]],
    ["a class that is gone", classes((row) => (row % 2 ? "a" : null)), [[0.5, 'class "a" 50 % → 100 % of the rows']]],
    ["a new class", classes((row) => ["a", "b", "c", "d"][row % 4]!), [[0.5, 'class "a" 50 % → 25 % of the rows']]],
    ["little, by chance", classes((row) => (row < 212 ? "a" : "b")), []],
    [
      "a regression",
      aSide([
        x,
        numeric(
          "y",
          made(rows, (row) => row),
        ),
      ]),
      [],
    ],
  ])("%s", (_, head, found) => {
    expect(classBalance(head, half).map(({ value, description }) => [value, description])).toEqual(found);
  });
});

describe("categories", () => {
  const letters = (text: string) =>
    categorical(
      "x",
      made(rows, (row) => text[row % text.length]!),
    );
  const find = (base: Column, head: Column) =>
    categoryChanges(side(head), () => base).map(({ kind, value, evidence }) => [kind, value, evidence.examples]);
  it.each<[what: string, base: Column, head: Column, found: [string, number, string][]]>([
    ["the same", letters("ab"), letters("ba"), []],
    ["a new one", letters("abbb"), letters("abbc"), [["new-categories", 0.25, '"c"']]],
    ["one that is gone", letters("abbc"), letters("abbb"), [["vanished-categories", 0.25, '"c"']]],
    [
      "other spellings",
      letters("ab"),
      letters("AB"),
      [
        ["new-categories", 1, '"A", "B"'],
        ["vanished-categories", 1, '"a", "b"'],
      ],
    ],
    [
      "a rare one that is gone by chance",
      categorical(
        "x",
        made(rows, (row) => (row < 4 ? "c" : "a")),
      ),
      letters("ab"),
      [["new-categories", 0.5, '"b"']],
    ],
    ["a marker is told elsewhere", letters("abbb"), letters("abb?"), []],
    [
      "texts",
      categorical(
        "x",
        made(rows, (row) => `t${row}`),
      ),
      categorical(
        "x",
        made(rows, (row) => `u${row}`),
      ),
      [],
    ],
    [
      "another type",
      numeric(
        "x",
        made(rows, (row) => row / 7),
      ),
      letters("ab"),
      [],
    ],
  ])("%s", (_, base, head, found) => {
    expect(find(base, head)).toEqual(found);
  });

  it("a column without a base is not compared", () => {
    expect(categoryChanges(side(letters("ab")), () => null)).toEqual([]);
  });

  it("names no rare categories that another sample has by chance, but those that came by a change", () => {
    const place = (uniform: number) => `p${Math.floor(100 * uniform)}`;
    const places = (seed: number, change = (name: string, _: number) => name) =>
      categorical(
        "x",
        made(rows, (row, uniform) => change(place(uniform), row), seed),
      );
    const kinds = (head: Column, base = places(1)) =>
      categoryChanges(side(head), () => base).map(({ kind, evidence }) => [kind, evidence.rows]);
    expect(made(100, (seed) => seed + 2).flatMap((seed) => kinds(places(seed))).length).toBeLessThanOrEqual(5);
    expect(kinds(places(1, (name, row) => (row % 20 === 0 ? `${name}?${row}` : name)))).toEqual([
      ["new-categories", 20],
    ]);
    expect(kinds(places(1, (name) => name.toUpperCase()))[0]).toEqual(["new-categories", rows]);
    expect(kinds(places(2, (name, row) => (row < 40 ? "new" : name)))).toEqual([["new-categories", 40]]);
  });
});

describe("scale", () => {
  const lengths = made(rows, (_, uniform) => 150 + 50 * uniform);
  const scaled = (change: (value: number) => number) => numeric("x", lengths.map(change));
  const base = scaled((value) => value);
  it.each<[what: string, head: Column, factor: number | null]>([
    ["the same", base, null],
    ["meters to millimeters", scaled((value) => 1000 * value), 1000],
    ["centimeters to meters", scaled((value) => value / 100), 0.01],
    ["doubled", scaled((value) => 2 * value), null],
    ["moved", scaled((value) => value + 1000), null],
    ["another sign", scaled((value) => -1000 * value), null],
    ["all zero", scaled(() => 0), null],
    [
      "nothing",
      numeric(
        "x",
        made(rows, () => null),
      ),
      null,
    ],
  ])("%s", (_, head, factor) => {
    const found = scaleChanges(side(head), side(base), own).map(({ evidence }) =>
      Number(Number(evidence.factor).toPrecision(6)),
    );
    expect(found).toEqual(factor === null ? [] : [factor]);
  });
});

describe("conflicting labels", () => {
  it.each<[what: string, x: (number | null)[], labels: (string | null)[], conflicting: number]>([
    ["none", [1, 2, 3, 4], ["a", "b", "a", "b"], 0],
    ["a pair", [1, 1, 3, 4], ["a", "b", "a", "b"], 2],
    ["a pair and its copy", [1, 1, 1, 4], ["a", "b", "a", "b"], 3],
    ["copies that agree", [1, 1, 1, 4], ["a", "a", "a", "b"], 0],
    ["missing equals missing", [null, null, 3, 4], ["a", "b", "a", "b"], 2],
    ["an unknown label", [1, 1, 3, 4], ["a", null, "a", "b"], 0],
  ])("%s", (_, x, labels, conflicting) => {
    const found = conflictingLabels(
      aSide([numeric("x", x), categorical("y", labels)], { holdout: (row) => row === 3 }),
    );
    const known = labels.filter((label) => label !== null).length;
    expect(found.map(({ evidence }) => evidence)).toEqual(
      conflicting === 0 ? [] : [{ conflicting, rows: known, share: conflicting / known }],
    );
  });

  it("only features count, and a regression has no classes", () => {
    const columns = [numeric("x", [1, 1, 2, 2]), numeric("z", [1, 2, 3, 4]), categorical("y", ["a", "b", "a", "a"])];
    expect(conflictingLabels(aSide(columns))).toEqual([]);
    expect(conflictingLabels(aSide(columns, { exclude: ["z"] }))[0]?.evidence).toEqual({
      conflicting: 2,
      rows: 4,
      share: 0.5,
    });
    expect(conflictingLabels(aSide([numeric("x", [1, 1]), numeric("y", [1, 2])]))).toEqual([]);
  });
});
