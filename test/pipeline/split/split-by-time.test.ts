import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ColumnSplit } from "../../../pipeline/experiment/experiment.ts";
import { splitByTime } from "../../../pipeline/split/split-by-time.ts";
import type { Column } from "../../../pipeline/table/table.ts";
import { tableOfText } from "../read/read-text.ts";

const split: ColumnSplit = { by: "time", column: "day", holdout: 0.25, seed: 42 };

/** The times held out and those trained on, or the codes of the problems. */
function divide(times: readonly number[], holdout = split.holdout) {
  const column: Column = { name: "day", type: "numeric", values: Float64Array.from(times) };
  const rows = Int32Array.from(times, (_, row) => row);
  const outcome = splitByTime(column, rows, { ...split, holdout }, "d.csv");
  if (!outcome.ok) return outcome.problems;
  const at = (side: Int32Array) => Array.from(side, (row) => times[row]!);
  return { train: at(outcome.value.train), holdout: at(outcome.value.holdout) };
}

const someTimes = fc
  .array(fc.integer({ min: 0, max: 30 }), { minLength: 2, maxLength: 60 })
  .filter((times) => new Set(times).size > 1);

describe("splitByTime", () => {
  it.each([
    ["the last share of the rows", [3, 1, 4, 2], 0.25, { train: [3, 1, 2], holdout: [4] }],
    ["rows of one time together", [1, 1, 1, 2, 2, 2, 2, 2], 0.25, { train: [1, 1, 1], holdout: [2, 2, 2, 2, 2] }],
    ["the nearest share", [1, 1, 1, 1, 2, 2, 3, 3], 0.3, { train: [1, 1, 1, 1, 2, 2], holdout: [3, 3] }],
    ["more rather than less", [1, 2, 3, 4], 0.375, { train: [1, 2], holdout: [3, 4] }],
    ["a row at least", [1, 2, 3, 4], 0.001, { train: [1, 2, 3], holdout: [4] }],
    ["all but a row at most", [1, 2, 3, 4], 0.999, { train: [1], holdout: [2, 3, 4] }],
    ["times before 1970", [-5, -1, 0], 0.3, { train: [-5, -1], holdout: [0] }],
  ])("holds out %s", (_, times, holdout, expected) => {
    expect(divide(times, holdout)).toEqual(expected);
  });

  it("trains on nothing that is not before the hold-out, whatever the order of rows", () => {
    fc.assert(
      fc.property(someTimes, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (times, holdout) => {
        const sorted = times.toSorted((a, b) => a - b);
        const ordered = divide(sorted, holdout);
        const shuffled = divide(times, holdout);
        if (!("train" in ordered) || !("train" in shuffled)) throw new Error("not divided");
        expect(Math.max(...ordered.train)).toBeLessThan(Math.min(...ordered.holdout));
        expect(shuffled.holdout.toSorted((a, b) => a - b)).toEqual(ordered.holdout);
        expect(shuffled.train.toSorted((a, b) => a - b)).toEqual(ordered.train);
      }),
      { numRuns: 50 },
    );
  });

  it("moves rows into training as later ones are added", () => {
    expect(divide([1, 2, 3, 4])).toEqual({ train: [1, 2, 3], holdout: [4] });
    expect(divide([1, 2, 3, 4, 5, 6, 7, 8])).toEqual({ train: [1, 2, 3, 4, 5, 6], holdout: [7, 8] });
  });

  it.each<[what: string, times: string[], holdout: string[], notes: string[]]>([
    [
      "a day whole, written in whatever way",
      ["2024-03-02", "2024-03-01", "2024-03-02T00:00Z", "2024-03-01", "2024-03-02 01:00+01:00", "2024-03-01"],
      ["2024-03-02", "2024-03-02T00:00Z", "2024-03-02 01:00+01:00"],
      [],
    ],
    ["the later of two dates", ["2024-03-02", "2024-03-01", "2024-03-02"], ["2024-03-02", "2024-03-02"], []],
    [
      "the second of the hours that the end of summer time repeats",
      ["2024-10-27T02:10:00+01:00", "2024-10-27T02:30:00+02:00", "2024-10-27T01:50:00+02:00"],
      ["2024-10-27T02:10:00+01:00"],
      [],
    ],
    [
      "by the point in time, not by the text",
      ["2024-03-31T23:30:00-05:00", "2024-04-01T00:00:00+02:00", "2024-03-31T20:00:00Z"],
      ["2024-03-31T23:30:00-05:00"],
      [],
    ],
    [
      "a time without an offset as one in UTC",
      ["2024-03-01T12:00:00", "2024-03-01T13:30:00+02:00", "2024-03-01T13:00:00+02:00"],
      ["2024-03-01T12:00:00"],
      ["mixed-offsets"],
    ],
    ["by decimals of seconds", ["1709251200.5", "1709251200.25", "1709251200.75"], ["1709251200.75"], []],
    ["by milliseconds", ["1709251200500", "1709251200250", "1709251200750"], ["1709251200750"], []],
    [
      "milliseconds among seconds, and says so",
      ["1709251200500", "1709251201", "1709251209"],
      ["1709251200500"],
      ["mixed-time-units"],
    ],
    ["by 300 nanoseconds", ["2024-03-01 00:00:00.0000003", "2024-03-01 00:00:00"], ["2024-03-01 00:00:00.0000003"], []],
  ])("holds out %s", async (_, times, holdout, notes) => {
    const { columns } = await tableOfText(`day,x\n${times.map((time) => `${time},1\n`).join("")}`);
    const outcome = splitByTime(columns[0]!, Int32Array.from(times.keys()), split, "d.csv");
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
    expect([Array.from(outcome.value.holdout, (row) => times[row]), outcome.notes.map(({ code }) => code)]).toEqual([
      holdout,
      notes,
    ]);
  });

  it("says what a doubtful order means", async () => {
    const { columns } = await tableOfText("day\n2024-03-01 12:00\n2024-03-01 13:00Z\n");
    expect(splitByTime(columns[0]!, Int32Array.from([0, 1]), split, "d.csv")).toMatchObject({
      notes: [
        {
          code: "mixed-offsets",
          where: { path: "d.csv", key: "split.column" },
          message: "Some times in column day have an offset and some have none; those without count as UTC.",
          written: "day",
          allowed: "an offset such as Z or +02:00 in every time, or in none",
          remedy: "Write every time with its offset.",
        },
      ],
    });
  });

  it.each([
    [
      "times that are all the same",
      [5, 5, 5],
      "single-time",
      "All 3 rows have the same time, so none are later than others.",
    ],
    ["no rows", [], "single-time", "All 0 rows have the same time, so none are later than others."],
    [
      "a missing time",
      [1, Number.NaN],
      "split-value-missing",
      "The column that splits by time has no value in 1 of 2 rows.",
    ],
  ])("refuses %s", (_, times, code, message) => {
    expect(divide(times)).toMatchObject([{ code, message, where: { path: "d.csv", key: "split.column" } }]);
  });

  it("refuses what is not a time", () => {
    const column: Column = {
      name: "day",
      type: "categorical",
      codes: Int32Array.from([0, 1]),
      categories: ["2024-01-01", "yesterday"],
    };
    expect(splitByTime(column, Int32Array.from([0, 1]), split, "d.csv")).toEqual({
      ok: false,
      problems: [
        {
          code: "not-a-time",
          where: { path: "d.csv", key: "split.column" },
          message: "Column day has 1 cell that is not a time.",
          written: "row 2: yesterday",
          allowed: "ISO 8601 dates such as 2024-03-01 or 2024-03-01T12:30:00Z in every row, or numbers in every row",
          remedy: "Write the times in one of these forms, or split by another column.",
        },
      ],
    });
  });
});
