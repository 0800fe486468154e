import { describe, expect, it } from "vitest";
import type { Experiment } from "../../../pipeline/experiment/experiment.ts";
import { checkTimes } from "../../../pipeline/split/check-times.ts";
import { anExperiment } from "../read/experiments.ts";
import { tableOfText } from "../read/read-text.ts";

async function check(cells: readonly string[], experiment: Partial<Experiment> = {}, known?: number[] | null) {
  const table = await tableOfText(`day,x\n${cells.map((cell) => `${cell},1\n`).join("")}`);
  const rows = known === null ? null : Int32Array.from(known ?? cells.keys());
  return checkTimes(table, anExperiment({ time: "day", ...experiment }), rows);
}

const fine = { ok: true, value: null, notes: [] };
const where = { path: "data.csv", key: "time" };

describe("checkTimes", () => {
  it.each<[what: string, cells: string[], experiment: Partial<Experiment>]>([
    ["dates", ["2024-03-01", "2024-03-02"], {}],
    ["numbers", ["2023", "2024.5"], {}],
    ["what is not declared", ["soon", "now"], { time: undefined }],
    [
      "what splits the rows, which is read there",
      ["soon", "now"],
      { split: { by: "time", column: "day", holdout: 0.25, seed: 1 } },
    ],
  ])("accepts %s", async (_, cells, experiment) => {
    expect(await check(cells, experiment)).toEqual(fine);
  });

  it("leaves rows aside whose target is not known", async () => {
    expect(await check(["2024-03-01", "", "2024-03-02"], {}, [0, 2])).toEqual(fine);
  });

  it.each<[what: string, outcome: ReturnType<typeof check>, problem: object]>([
    [
      "a cell that is no time",
      check(["2024-03-01", "03/01/2024", "", "03/01/2024", "spring"]),
      {
        code: "not-a-time",
        where,
        message: "Column day has 3 cells that are not times.",
        written: "row 2: 03/01/2024; row 5: spring",
        allowed: "ISO 8601 dates such as 2024-03-01 or 2024-03-01T12:30:00Z in every row, or numbers in every row",
        remedy: "Write the times in one of these forms, or name another column.",
      },
    ],
    [
      "a column that is not there",
      check(["1"], { time: "dai" }, null),
      {
        code: "time-absent",
        where,
        message: "The data has no column dai.",
        written: "dai",
        allowed: "day, x",
        remedy: "Did you mean day?",
      },
    ],
    [
      "no time where the target is known",
      check(["", "2024-03-01", ""], {}, [0, 2]),
      {
        code: "time-empty",
        where,
        message: "The column of times has no value in any of 2 rows.",
        written: "day",
        allowed: "a time in the rows whose target is known",
        remedy: "Fill in the times, or remove time from the experiment.",
      },
    ],
  ])("refuses %s", async (_, outcome, problem) => {
    expect(await outcome).toEqual({ ok: false, problems: [problem] });
  });

  it.each<[what: string, cells: string[], note: object]>([
    [
      "rows without a time",
      ["2024-03-01", "", "2024-03-02"],
      {
        code: "time-missing",
        message: "The column of times has no value in 1 of 3 rows, which are left aside where times are compared.",
      },
    ],
    [
      "a single time",
      ["2024-03-01", "2024-03-01T00:00Z"],
      { code: "single-time", message: "All 2 rows have the same time, so none are later than others." },
    ],
    ["a doubtful order", ["2024-03-01 12:00", "2024-03-01 13:00Z"], { code: "mixed-offsets" }],
  ])("notes %s", async (_, cells, note) => {
    expect(await check(cells)).toMatchObject({ ok: true, notes: [{ where, ...note }] });
  });
});
