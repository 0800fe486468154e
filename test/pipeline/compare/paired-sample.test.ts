import { describe, expect, it } from "vitest";
import { pairSample, subsample } from "../../../pipeline/compare/paired-sample.ts";
import { groupsOfRows, numberGroups } from "../../../pipeline/split/groups-of-rows.ts";
import { binaryRows } from "../../support/compared.ts";
import { aRun } from "../../support/runs.ts";
import { categorical, numeric } from "../../support/tables.ts";

const base = aRun(
  [
    { key: "b", actual: "d", says: [0.1, 0.2, 0.7] },
    { key: "a", actual: "a", says: [0.6, 0.3, 0.1] },
    { key: "only base", actual: "a", says: [1, 0, 0] },
  ],
  { classes: ["a", "b", "d"] },
);
const head = aRun(
  [
    { key: "a", actual: "b", says: [0.1, 0.2, 0.3, 0.4], row: 70 },
    { key: "b", actual: "d", says: [0.4, 0.3, 0.2, 0.1], row: 80 },
  ],
  { classes: ["a", "b", "c", "d"] },
);

describe("pairSample", () => {
  const pairs = { base: Int32Array.of(0, 1), head: Int32Array.of(0, 1) };
  const sample = pairSample(base, head, pairs, head.classes);

  it("lays both sides over the same rows and classes, judged by the head's labels", () => {
    const shared = { task: "multiclass", actual: Int32Array.of(1, 3), classes: 4, positive: null };
    expect(sample).toEqual({
      rows: 2,
      base: {
        ...shared,
        predicted: Int32Array.of(0, 3),
        probabilities: Float64Array.of(0.6, 0.3, 0, 0.1, 0.1, 0.2, 0, 0.7),
      },
      head: {
        ...shared,
        predicted: Int32Array.of(3, 0),
        probabilities: Float64Array.of(0.1, 0.2, 0.3, 0.4, 0.4, 0.3, 0.2, 0.1),
      },
      baseRows: Int32Array.of(1, 0),
      headRows: Int32Array.of(70, 80),
    });
  });

  it("gives a part of itself", () => {
    expect(subsample(sample, Int32Array.of(1))).toEqual({
      rows: 1,
      base: {
        ...sample.base,
        actual: Int32Array.of(3),
        predicted: Int32Array.of(3),
        probabilities: Float64Array.of(0.1, 0.2, 0, 0.7),
      },
      head: {
        ...sample.head,
        actual: Int32Array.of(3),
        predicted: Int32Array.of(0),
        probabilities: Float64Array.of(0.4, 0.3, 0.2, 0.1),
      },
      baseRows: Int32Array.of(0),
      headRows: Int32Array.of(80),
    });
  });

  it("keeps the values of a regression", () => {
    const values = (says: number) => aRun([{ key: "a", actual: 1.5, says }], { classes: [] });
    const paired = pairSample(values(2.25), values(3), { base: Int32Array.of(0), head: Int32Array.of(0) }, []);
    expect([paired.base.predicted, paired.head.predicted, paired.head.actual]).toEqual([
      Float64Array.of(2.25),
      Float64Array.of(3),
      Float64Array.of(1.5),
    ]);
  });
});

describe("groupsOfRows", () => {
  const rows = Int32Array.of(4, 1, 0, 3);
  const columns = {
    patient: categorical("patient", ["a", "b", "b", "a", "c"]),
    id: numeric("id", [10, 11, 12, 13, 14]),
    visit: numeric("visit", [7, 7, 7, 8, 9]),
  };
  const columnOf = (name: string) => columns[name as keyof typeof columns] ?? null;
  const hash = { holdout: 0.25, seed: 1 };
  const byGroup = (column: string) => ({ by: "group", column, ...hash }) as const;

  it.each([
    ["the column of the split", { split: byGroup("patient"), key: "id" }, [0, 1, 2, 2]],
    ["a column of the split that tells every row apart", { split: byGroup("id"), key: null }, undefined],
    ["a key that repeats", { split: hash, key: "visit" }, [0, 1, 1, 2]],
    ["a key that does not repeat", { split: hash, key: "id" }, undefined],
    ["no key", { split: hash, key: null }, undefined],
    ["a column that the data does not have", { split: byGroup("day"), key: "visit" }, undefined],
  ])("are named by %s", (_, experiment, expected) => {
    const groups = groupsOfRows(rows, experiment, columnOf);
    expect(groups && [...groups]).toEqual(expected);
  });

  it("are numbered again in a part of the sample", () => {
    const sample = pairSample(aRun(binaryRows(4, 0.5)), aRun(binaryRows(4, 0.5)), everyRow, ["no", "yes"]);
    const groups = numberGroups(["x", "y", "x", "z"]);
    expect(subsample({ ...sample, groups }, Int32Array.of(3, 0, 2)).groups).toEqual(Int32Array.of(0, 1, 1));
    expect(subsample({ ...sample, groups }, Int32Array.of(3, 1)).groups).toBeUndefined();
  });
});

const everyRow = { base: Int32Array.of(0, 1, 2, 3), head: Int32Array.of(0, 1, 2, 3) };
