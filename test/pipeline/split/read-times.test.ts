import { describe, expect, it } from "vitest";
import { readTimes } from "../../../pipeline/split/read-times.ts";
import type { Column } from "../../../pipeline/table/table.ts";
import { tableOfText } from "../read/read-text.ts";

async function columnOf(cells: readonly string[], type?: "categorical"): Promise<Column> {
  const columns = type === undefined ? {} : { t: type };
  return (await tableOfText(`t,x\n${cells.map((cell) => `${cell},1\n`).join("")}`, { columns })).columns[0]!;
}

describe("readTimes", () => {
  it.each([
    ["dates", ["1970-01-02", "", "1970-01-01"], { values: [86_400_000, Number.NaN, 0], missing: 1 }],
    ["numbers", ["2021", "", "2020.5"], { values: [2021, Number.NaN, 2020.5], missing: 1 }],
  ])("reads %s", async (_, cells, expected) => {
    const { values, ...counts } = readTimes(await columnOf(cells));
    expect({ values: Array.from(values), ...counts }).toEqual({
      ...expected,
      unreadable: { count: 0, first: [] },
      mixed: null,
    });
  });

  it("reads numbers that were declared categorical", async () => {
    expect(Array.from(readTimes(await columnOf(["2021", "-3", "2020"], "categorical")).values)).toEqual([
      2021, -3, 2020,
    ]);
  });

  it("counts what is neither a time nor missing, and lists each text once", async () => {
    const cells = ["1970-01-01", "soon", "", "soon", "1970", "1/1/1970", "a", "b", "c"];
    expect(readTimes(await columnOf(cells))).toEqual({
      values: Float64Array.from([0, ...Array(8).fill(Number.NaN)]),
      missing: 1,
      unreadable: {
        count: 7,
        first: [
          { text: "soon", row: 1 },
          { text: "1970", row: 4 },
          { text: "1/1/1970", row: 5 },
          { text: "a", row: 6 },
          { text: "b", row: 7 },
        ],
      },
      mixed: null,
    });
  });

  it("reads a column without a value", async () => {
    expect(readTimes(await columnOf(["", ""]))).toEqual({
      values: Float64Array.from([Number.NaN, Number.NaN]),
      missing: 2,
      unreadable: { count: 0, first: [] },
      mixed: null,
    });
  });

  it.each<[what: string, cells: string[], mixed: string | null]>([
    ["points in time with and without an offset", ["2024-03-01 12:00Z", "2024-03-01 12:00"], "offsets"],
    ["an offset of hours", ["2024-03-01T12:00:00+02", "2024-03-01T12:00:00"], "offsets"],
    ["different offsets", ["2024-03-01 12:00+02:00", "2024-03-01 12:00-0530", "2024-03-01 12:00Z"], null],
    ["no offset", ["2024-03-01 12:00", "2024-03-01 12:00:00.5"], null],
    ["days, which have none", ["2024-03-01", "2024-04", "2024-03-01 12:00+02:00"], null],
    ["seconds and milliseconds since 1970", ["1709251200.25", "1709251201", "1709251202000"], "units"],
    ["seconds with decimals", ["1709251200.25", "1709251201.5"], null],
    ["milliseconds", ["1709251200250", "1709251202000"], null],
    ["a count that spans as far", ["200000000", "30000000000", "400000000000"], null],
    ["years and milliseconds", ["2024", "1709251202000"], null],
  ])("says whether the order is doubtful: %s", async (_, cells, mixed) => {
    expect(readTimes(await columnOf(cells)).mixed).toBe(mixed);
    expect(readTimes(await columnOf(cells, "categorical")).mixed).toBe(mixed);
  });
});
