import { describe, expect, it } from "vitest";
import type { Column } from "../../../pipeline/table/table.ts";
import { aSide, made } from "../../support/examined.ts";
import { examine } from "../../support/matches.ts";
import { categorical, numeric } from "../../support/tables.ts";

const rows = 1000;
const noise = made(rows, (_, uniform) => uniform);
const ids = made(rows, (row) => `id ${row}`);

/** The first rows of a table, with another cell where the label of some is replaced. */
function side(label: (row: number) => string | null, given: { count?: number; values?: number[]; key?: string } = {}) {
  const { count = rows, values = noise, key } = given;
  const columns: Column[] = [
    categorical("id", ids.slice(0, count)),
    numeric("x", values.slice(0, count)),
    categorical("y", made(count, label)),
  ];
  return aSide(columns, key === undefined ? { exclude: ["id"] } : { key });
}

const all = (row: number) => (row % 3 === 0 ? "yes" : "no");
const without = (lost: number) => (row: number) => (row < lost ? null : all(row));
const told = (head: ReturnType<typeof side>, base: ReturnType<typeof side>, kind: string) =>
  examine(head, base)
    .entries.filter((entry) => entry.kind === kind)
    .map(({ value, description, isNew }) => [value, description, isNew]);

describe("labels lost", () => {
  it.each<[what: string, head: ReturnType<typeof side>, base: ReturnType<typeof side>, found: unknown[]]>([
    ["none", side(all), side(all), []],
    ["two of a thousand", side(without(2)), side(all), []],
    [
      "three",
      side(without(3)),
      side(all),
      [[0.003, "3 rows with a label in the base (0.3 %) have none in the head", true]],
    ],
    [
      "one of a hundred",
      side(without(1), { count: 100 }),
      side(all, { count: 100 }),
      [[0.01, "1 row with a label in the base (1 %) has none in the head", true]],
    ],
    ["rows without a label that the base has as well", side(without(30)), side(without(30)), []],
    ["rows that came without a label", side((row) => (row < 900 ? all(row) : null)), side(all, { count: 900 }), []],
    ["labels that were found", side(all), side(without(30)), []],
    ["rows of other features", side(without(30), { values: noise.map((value) => value + 1) }), side(all), []],
    [
      "rows of other features and one key",
      side(without(30), { values: noise.map((value) => value + 1), key: "id" }),
      side(all, { key: "id" }),
      [[0.03, "30 rows with a label in the base (3 %) have none in the head", true]],
    ],
  ])("%s", (_, head, base, found) => {
    expect(told(head, base, "labels-lost")).toEqual(found);
  });

  it("of numbers, of which negative ones are labels", () => {
    const numbers = (lost: number) =>
      aSide([
        numeric("x", noise),
        numeric(
          "y",
          made(rows, (row) => (row < lost ? null : row / 7 - 50)),
        ),
      ]);
    expect(told(numbers(4), numbers(0), "labels-lost").map(([value]) => value)).toEqual([0.004]);
    expect(told(numbers(0), numbers(0), "labels-lost")).toEqual([]);
  });

  /** A table whose time is excluded and whose only feature has four values, with five labels lost in the head. */
  const timed = (lost: number, given: { from?: number; hours?: number[]; x?: number[] } = {}) => {
    const { from = 0, hours = made(rows, (row) => row % 4), x } = given;
    const columns = [
      categorical(
        "time",
        made(rows, (row) => `day ${from + row}`),
      ),
      numeric("hour", hours),
      categorical("y", made(rows, without(lost))),
    ];
    return aSide(x === undefined ? columns : [...columns, numeric("x", x)], { exclude: ["time"] });
  };
  const five = [[0.005, "5 rows with a label in the base (0.5 %) have none in the head", true]];

  it.each<[what: string, head: ReturnType<typeof side>, base: ReturnType<typeof side>, found: unknown[]]>([
    ["five of rows with an excluded time", timed(5), timed(0), five],
    [
      "five of rows whose excluded time was written anew",
      timed(5, { from: 5000, x: noise }),
      timed(0, { x: noise }),
      five,
    ],
    ["five of rows of a key", side(without(5), { key: "id" }), side(all, { key: "id" }), five],
    ["five of rows without a key", side(without(5)), side(all), five],
    [
      "none of another sample, whose features repeat",
      timed(5, { from: 5000, hours: made(rows, (_, u) => Math.floor(4 * u)) }),
      timed(0),
      [],
    ],
    [
      "none of another sample that shares a tenth of the rows",
      side(without(30), { values: noise.map((value, row) => (row < 100 ? value : value + 1)) }),
      side(all),
      [],
    ],
  ])("%s", (_, head, base, found) => {
    expect(told(head, base, "labels-lost")).toEqual(found);
  });

  it("follows renamed columns", () => {
    const named = (name: string, lost: number) =>
      aSide([
        numeric(name, noise),
        numeric(
          "x",
          made(rows, (_, uniform) => uniform, 2),
        ),
        categorical("y", made(rows, without(lost))),
      ]);
    const { entries } = examine(named("new", 5), named("old", 0));
    expect(entries.filter(({ kind }) => kind === "labels-lost").map(({ value }) => value)).toEqual([0.005]);
  });
});

describe("rows lost", () => {
  it.each<[count: number, base: number, found: unknown[]]>([
    [1000, 1000, []],
    [1000, 600, []],
    [995, 1000, []],
    [600, 1000, [[0.4, "1,000 rows → 600 (40 % fewer)", true]]],
    [100, 1000, [[0.9, "1,000 rows → 100 (90 % fewer)", true]]],
  ])("%d of %d rows", (count, base, found) => {
    expect(told(side(all, { count }), side(all, { count: base }), "rows-lost")).toEqual(found);
  });
});

describe("keys replaced", () => {
  const keyed = (of: (row: number) => string) =>
    aSide([categorical("id", made(rows, of)), numeric("x", noise), categorical("y", made(rows, all))], { key: "id" });
  it.each<[what: string, head: ReturnType<typeof side>, base: ReturnType<typeof side>, found: unknown[]]>([
    ["the same", keyed((row) => `a${row}`), keyed((row) => `a${row}`), []],
    [
      "others",
      keyed((row) => `b${row}`),
      keyed((row) => `a${row}`),
      [[1, "none of the base's 1,000 values is in the head", true]],
    ],
    [
      "others but for a few",
      keyed((row) => (row < 4 ? `a${row}` : `b${row}`)),
      keyed((row) => `a${row}`),
      [[0.996, "0.4 % of the base's 1,000 values are in the head", true]],
    ],
    [
      "spelled otherwise",
      keyed((row) => `A-${row}`),
      keyed((row) => `a${row}`),
      [[1, "none of the base's 1,000 values is in the head: capitals, punctuation or leading zeros changed", true]],
    ],
    ["no key", side(all), side(all), []],
  ])("%s", (_, head, base, found) => {
    expect(told(head, base, "keys-replaced")).toEqual(found);
  });
});

describe("the rows", () => {
  const rowsOf = (head: ReturnType<typeof side>, base: ReturnType<typeof side>) =>
    examine(head, base).entries.flatMap(({ kind, rows }) => (rows === undefined ? [] : [[kind, rows.count]]));
  it.each<[string, ReturnType<typeof side>, unknown[]]>([
    ["that lost their labels", side(without(30)), [["labels-lost", 30]]],
    ["that are gone", side(all, { count: 900 }), [["rows-lost", 100]]],
  ])("%s are named", (_, head, found) => {
    expect(rowsOf(head, side(all))).toEqual(found);
  });

  it("are the same in any order of the file", () => {
    const of = (order: (row: number) => number) => {
      const columns = [
        categorical(
          "id",
          made(rows, (row) => ids[order(row)]!),
        ),
        numeric(
          "x",
          made(rows, (row) => noise[order(row)]!),
        ),
        categorical(
          "y",
          made(rows, (row) => without(30)(order(row))),
        ),
      ];
      const { entries } = examine(aSide(columns, { exclude: ["id"] }), side(all));
      return entries.find(({ kind }) => kind === "labels-lost")?.rows;
    };
    const named = of((row) => row);
    expect(named?.count).toBe(30);
    expect(of((row) => rows - 1 - row)).toEqual(named);
  });
});
