import { describe, expect, it } from "vitest";
import { holdOutAsBase } from "../../../pipeline/split/hold-out-as-base.ts";
import { rowNames } from "../../../pipeline/split/row-names.ts";
import { valueNames } from "../../../pipeline/split/value-names.ts";
import { hashToUnit } from "../../../pipeline/stats/hash.ts";
import type { Column, Table } from "../../../pipeline/table/table.ts";
import { categorical, numeric, tableOf } from "../../support/tables.ts";

const count = 40;
const texts = (prefix: string, from = 0) => Array.from({ length: count }, (_, row) => `${prefix}${from + row}`);
const numbers = (step: number) => Array.from({ length: count }, (_, row) => row * step);

const half = { holdout: 0.5, seed: 7 };
const outOfHalf = (names: readonly (string | null)[]) => names.map((name) => hashToUnit(name!, 7) < 0.5);

/** The column of a table by its name in the base's, where the head calls it otherwise. */
const columnsOf =
  ({ columns }: Table, renamed: Record<string, string> = {}) =>
  (name: string): Column | null =>
    columns.find((column) => column.name === (renamed[name] ?? name)) ?? null;

const answers = (other: Table, held: (row: number) => boolean) =>
  Array.from({ length: other.rowCount }, (_, row) => held(row));

describe("a row that the base does not have, in a split by row", () => {
  const table = tableOf(categorical("id", texts("p")), numeric("x", numbers(1)));
  const other = tableOf(categorical("id", texts("p", 30)), numeric("x", numbers(2)));
  const divided = (key: string | null) => ({ table, experiment: { split: half, key }, heldOut: [0, 3] });
  const byKey = outOfHalf(valueNames(other.columns[0]!));
  const byContent = outOfHalf(rowNames(other, null));

  it.each<[what: string, key: string | null, renamed: Record<string, string>, expected: boolean[]]>([
    ["by its key", "id", {}, byKey],
    ["by its content, without a key", null, {}, byContent],
    ["by its content, when the key is no column any more", "id", { id: "uuid" }, byContent],
  ])("is held out %s", (_, key, renamed, expected) => {
    expect(byKey).not.toEqual(byContent);
    expect(answers(other, holdOutAsBase(divided(key), other, columnsOf(other, renamed)))).toEqual(expected);
  });

  it("is held out by its key under a new name", () => {
    const [id, x] = other.columns as [Column, Column];
    const later = tableOf({ ...id, name: "person" }, x);
    expect(answers(later, holdOutAsBase(divided("id"), later, columnsOf(later, { id: "person" })))).toEqual(byKey);
  });

  it("is held out by its content where its key is missing", () => {
    const names = texts("p", 30).map((name, row) => (row % 2 === 0 ? null : name));
    const gaps = tableOf(categorical("id", names), numeric("x", numbers(2)));
    const content = outOfHalf(rowNames(gaps, null));
    expect(answers(gaps, holdOutAsBase(divided("id"), gaps, columnsOf(gaps)))).toEqual(
      byKey.map((held, row) => (row % 2 === 0 ? content[row] : held)),
    );
  });

  it("is held out by the base's share", () => {
    const given = { ...divided("id"), experiment: { split: { ...half, holdout: 1 }, key: "id" } };
    expect(answers(other, holdOutAsBase(given, other, columnsOf(other))).every((held) => held)).toBe(true);
  });
});

describe("a row that the base does not have, in a split by time", () => {
  const split = { by: "time", column: "day", ...half } as const;
  const times = (...written: (string | null)[]) => tableOf(categorical("day", written));
  const table = times("2024-01-01", "2024-01-05", "2024-01-03", "2024-01-04", null);
  const divided = { table, experiment: { split, key: null }, heldOut: [1, 3] };

  it.each<[what: string, day: string | null, held: boolean]>([
    ["earlier than all", "2020-01-01", false],
    ["just before the first that is held out", "2024-01-03T23:59:59Z", false],
    ["at the first that is held out", "2024-01-04", true],
    ["later than all", "2030-01-01", true],
    ["without a time, which may be any", null, true],
  ])("%s", (_, day, held) => {
    // beside others, so that the column is one of times
    const other = times("2023-05-05", day, "2024-02-02");
    expect(answers(other, holdOutAsBase(divided, other, columnsOf(other)))).toEqual([false, held, true]);
  });

  it("numbers are times too, and the column may have another name", () => {
    const base = tableOf(numeric("day", [10, 40, 20, 30]));
    const other = tableOf(numeric("when", [5, 29.5, 30, 99, null]));
    const given = { table: base, experiment: { split, key: null }, heldOut: [1, 3] };
    expect(answers(other, holdOutAsBase(given, other, columnsOf(other, { day: "when" })))).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
  });
});

describe("a row that the base does not have, in a split by group", () => {
  const split = { by: "group", column: "team", ...half } as const;
  const table = tableOf(categorical("team", ["a", "b", "c", "b", "a"]));
  // as the base has it, whatever the hash would say
  const divided = (heldOut: number[]) => ({ table, experiment: { split, key: null }, heldOut });
  const fresh = texts("new ");
  const other = tableOf(categorical("team", ["a", "b", "c", null, ...fresh]));
  const byHash = outOfHalf(valueNames(categorical("team", fresh)));

  it.each<[heldOut: number[], known: boolean[]]>([
    [
      [1, 3],
      [false, true, false],
    ],
    [
      [0, 2, 4],
      [true, false, true],
    ],
  ])("is with its group; a new one falls by the hash (held out: %j)", (heldOut, known) => {
    expect(answers(other, holdOutAsBase(divided(heldOut), other, columnsOf(other)))).toEqual([
      ...known,
      false,
      ...byHash,
    ]);
  });
});

it.each(["time", "group"] as const)("without the column of a split by %s, every row may be learned from", (by) => {
  const split = { by, column: "c", ...half };
  const [table, other] = [tableOf(numeric("c", numbers(1))), tableOf(numeric("d", numbers(1)))];
  const asked = [
    holdOutAsBase({ table, experiment: { split, key: null }, heldOut: [39] }, other, columnsOf(other)),
    holdOutAsBase({ table: other, experiment: { split, key: null }, heldOut: [39] }, table, columnsOf(table)),
  ];
  expect(asked.map((held) => answers(other, held).includes(true))).toEqual([false, false]);
});
