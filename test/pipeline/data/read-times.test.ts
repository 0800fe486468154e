import { describe, expect, it } from "vitest";
import { readTimes } from "../../../pipeline/data/read-times.ts";
import type { Column } from "../../../pipeline/data/table.ts";
import { tableOfText } from "./read-text.ts";

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
    expect({ values: Array.from(values), ...counts }).toEqual({ ...expected, unreadable: { count: 0, first: [] } });
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
      unreadable: { count: 7, first: ["1/1/1970", "1970", "a", "b", "c"] },
    });
  });

  it("reads a column without a value", async () => {
    expect(readTimes(await columnOf(["", ""]))).toEqual({
      values: Float64Array.from([Number.NaN, Number.NaN]),
      missing: 2,
      unreadable: { count: 0, first: [] },
    });
  });
});
