import { describe, expect, it } from "vitest";
import { constantColumns } from "../../../pipeline/integrity/constant-columns.ts";
import type { Measured } from "../../../pipeline/integrity/examined-side.ts";
import { idLikeColumns } from "../../../pipeline/integrity/id-like-columns.ts";
import { missingMarkers } from "../../../pipeline/integrity/missing-markers.ts";
import { mixedTypes } from "../../../pipeline/integrity/mixed-types.ts";
import type { Column } from "../../../pipeline/table/table.ts";
import { aSide, made } from "../../support/examined.ts";
import { categorical, numeric } from "../../support/tables.ts";

const y = (rows: number) =>
  categorical(
    "y",
    made(rows, (row) => (row % 3 === 0 ? "yes" : "no")),
  );
const withY = (column: Column) =>
  aSide([column, y(column.type === "numeric" ? column.values.length : column.codes.length)]);
const told = (found: Measured[]) => found.map(({ column, evidence, description }) => [column, evidence, description]);

describe("columns like identifiers", () => {
  it.each<[what: string, column: Column, share: number | null]>([
    [
      "a counter",
      numeric(
        "x",
        made(60, (row) => row),
      ),
      1,
    ],
    [
      "a counter out of order",
      numeric(
        "x",
        made(60, (row) => (row * 7) % 60),
      ),
      1,
    ],
    [
      "rising numbers with gaps",
      numeric(
        "x",
        made(60, (row) => 1e9 + row * row * 1000),
      ),
      1,
    ],
    [
      "falling numbers",
      numeric(
        "x",
        made(60, (row) => -row * row),
      ),
      1,
    ],
    [
      "a counter with missing cells",
      numeric(
        "x",
        made(80, (row) => (row % 10 === 0 ? null : row)),
      ),
      1,
    ],
    [
      "distinct texts",
      categorical(
        "x",
        made(60, (row) => `u-${row}`),
      ),
      1,
    ],
    [
      "nearly distinct texts",
      categorical(
        "x",
        made(60, (row) => `u-${Math.min(row, 57)}`),
      ),
      58 / 60,
    ],
    [
      "texts that repeat",
      categorical(
        "x",
        made(60, (row) => `u-${row % 50}`),
      ),
      null,
    ],
    [
      "distinct incomes",
      numeric(
        "x",
        made(60, (_, uniform) => Math.floor(uniform * 1e9)),
      ),
      null,
    ],
    [
      "rising measurements",
      numeric(
        "x",
        made(60, (row) => row + 0.25),
      ),
      null,
    ],
    [
      "a counter that repeats a number",
      numeric(
        "x",
        made(60, (row) => Math.max(1, row)),
      ),
      null,
    ],
    [
      "49 rows",
      numeric(
        "x",
        made(49, (row) => row),
      ),
      null,
    ],
    [
      "nothing",
      numeric(
        "x",
        made(60, () => null),
      ),
      null,
    ],
  ])("%s", (_, column, share) => {
    expect(idLikeColumns(withY(column)).map(({ value }) => value)).toEqual(share === null ? [] : [share]);
  });

  it("keys and excluded columns are no features", () => {
    const columns = [
      numeric(
        "x",
        made(60, (row) => row),
      ),
      y(60),
    ];
    expect(idLikeColumns(aSide(columns, { key: "x" }))).toEqual([]);
    expect(
      idLikeColumns(
        aSide(
          [
            ...columns,
            numeric(
              "z",
              made(60, () => 1),
            ),
          ],
          { exclude: ["x"] },
        ),
      ),
    ).toEqual([]);
  });
});

describe("constant columns", () => {
  it.each<[what: string, column: Column, description: string | null]>([
    ["one number", numeric("x", [7, 7, 7, 7]), 'always "7"'],
    ["one number or nothing", numeric("x", [7, null, 7, 7]), 'always "7"'],
    ["one text", categorical("x", ["a", "a", "a", "a"]), 'always "a"'],
    ["one text or nothing", categorical("x", ["a", null, "a", "a"]), null],
    ["no number", numeric("x", [null, null, null, null]), "no value in any row"],
    ["no text", categorical("x", [null, null, null, null]), "no value in any row"],
    ["two numbers", numeric("x", [7, 7, 7, 8]), null],
    [
      "a long text",
      categorical(
        "x",
        made(4, () => "z".repeat(60)),
      ),
      `always "${"z".repeat(39)}…"`,
    ],
  ])("%s", (_, column, description) => {
    expect(constantColumns(withY(column)).map((found) => found.description)).toEqual(
      description === null ? [] : [description],
    );
  });
});

describe("mixed types", () => {
  const numbers = (words: Record<number, string | null>) =>
    categorical(
      "x",
      made(40, (row) => (row in words ? words[row]! : String(row % 20))),
    );
  it.each<[what: string, column: Column, evidence: object | null]>([
    ["one word", numbers({ 3: "12 kg" }), { words: 1, numbers: 39, share: 1 / 40, examples: '"12 kg"' }],
    [
      "several words",
      numbers({ 3: "a", 4: "b", 5: "c", 6: "d" }),
      { words: 4, numbers: 36, share: 0.1, examples: '"a", "b", "c" and 1 more' },
    ],
    [
      "missing cells do not count",
      numbers({ 3: "a", 4: null }),
      { words: 1, numbers: 38, share: 1 / 39, examples: '"a"' },
    ],
    ["a word and a marker", numbers({ 3: "a", 4: "?" }), { words: 2, numbers: 38, share: 0.05, examples: '"?", "a"' }],
    ["only a marker", numbers({ 3: "?" }), null],
    ["only numbers", numbers({}), null],
    [
      "mostly words",
      categorical(
        "x",
        made(40, (row) => (row < 15 ? String(row) : `w${row % 3}`)),
      ),
      null,
    ],
    [
      "few levels",
      categorical(
        "x",
        made(40, (row) => ["0", "1", "2", "3+"][row % 4]!),
      ),
      null,
    ],
  ])("%s", (_, column, evidence) => {
    expect(mixedTypes(withY(column)).map((found) => found.evidence)).toEqual(evidence === null ? [] : [evidence]);
  });

  it("a declared category is meant so", () => {
    expect(mixedTypes(aSide([numbers({ 3: "a" }), y(40)], { declared: { x: "categorical" } }))).toEqual([]);
  });
});

describe("missing markers", () => {
  const letters = (...more: (string | null)[]) => categorical("x", [...made(100, (row) => "abc"[row % 3]!), ...more]);
  const values = (low: number, high: number, ...more: number[]) =>
    numeric("x", [...made(100, (row) => low + ((high - low) * (row % 20)) / 19), ...more]);
  const find = (column: Column, base: Column | null = null) =>
    missingMarkers(withY(column), () => base).map(({ evidence }) => [evidence.marker, evidence.count]);

  it.each<[what: string, column: Column, base: Column | null, markers: [string, number][]]>([
    ["a question mark", letters("?", "?"), null, [["?", 2]]],
    [
      "several",
      letters("?", "N/A", "n/a", "-"),
      null,
      [
        ["-", 1],
        ["?", 1],
        ["N/A", 1],
        ["n/a", 1],
      ],
    ],
    ["a spreadsheet's error", letters("#DIV/0!"), null, [["#DIV/0!", 1]]],
    ["none, as before", letters("none"), letters("none"), []],
    ["none, not known before", letters("none"), null, []],
    ["none, not in the base", letters("none"), letters(), [["none", 1]]],
    ["ordinary letters", letters(), null, []],
    ["-200 far below", values(0.5, 12, -200, -200), null, [["-200", 2]]],
    ["-999 below incomes", values(0, 90_000, -999), null, [["-999", 1]]],
    ["-99 among negative numbers", values(-500, 500, -99), null, []],
    ["999 within", values(0, 2000, 999), null, []],
    ["9999 far above, in any base", values(0, 120, 9999, 9999, 9999), null, []],
    ["9999 far above, new", values(0, 120, 9999, 9999, 9999), values(0, 120), [["9999", 3]]],
    ["1e20", values(0, 120, 1e20), null, [["100000000000000000000", 1]]],
    ["-99 at the end of a range", values(-98, 0, -99), null, []],
    ["0, as ever", values(0, 10), values(0, 10), []],
    ["0 without a base", values(1, 10, 0, 0, 0), null, []],
    ["0, new", values(1, 10, 0, 0, 0), values(1, 10), [["0", 3]]],
    ["0, new and seldom", values(1, 10, 0, 0), values(1, 10), []],
    ["0 in a base that goes below", values(1, 10, 0, 0, 0), values(-5, 10), []],
    ["0 in a tiny base", values(1, 10, 0, 0, 0), numeric("x", [1, 2, 3]), []],
    ["-1, new", values(0, 10, -1, -1, -1), values(0, 10), [["-1", 3]]],
    [
      "two values",
      numeric(
        "x",
        made(100, (row) => (row % 2 ? -999 : 5)),
      ),
      null,
      [],
    ],
    [
      "nothing",
      numeric(
        "x",
        made(100, () => null),
      ),
      null,
      [],
    ],
  ])("%s", (_, column, base, markers) => {
    expect(find(column, base)).toEqual(markers);
  });

  it("looks at the target and tells the share", () => {
    const target = categorical(
      "y",
      made(50, (row) => (row === 0 ? "?" : row % 2 ? "a" : "b")),
    );
    expect(
      told(
        missingMarkers(
          aSide([
            numeric(
              "x",
              made(50, (row) => row / 7),
            ),
            target,
          ]),
          () => null,
        ),
      ),
    ).toEqual([["y", { marker: "?", count: 1, share: 0.02 }, '1 cell with "?", 2 % of the rows']]);
  });
});
