import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dateOverlap } from "../../../pipeline/integrity/date-overlap.ts";
import type { ExaminedSide } from "../../../pipeline/integrity/examined-side.ts";
import type { Column } from "../../../pipeline/table/table.ts";
import { maxShownLength } from "../../../src/report/escape-markdown.ts";
import { aSide } from "../../support/examined.ts";
import { categorical, numeric } from "../../support/tables.ts";

type Cells = readonly (string | null)[] | readonly (number | null)[];

/** A side whose training rows have the first times and whose hold-out has the others. */
function sideOf(train: Cells, holdout: Cells, splitBy: ExaminedSide["splitBy"] = "hash") {
  const cells = [...train, ...holdout];
  const numbers = cells.every((cell) => typeof cell !== "string");
  const day: Column = numbers
    ? numeric("day", cells as (number | null)[])
    : categorical("day", cells as (string | null)[]);
  const y = categorical(
    "y",
    cells.map((_, row) => (row % 2 === 0 ? "a" : "b")),
  );
  return aSide([day, y], { time: "day", splitBy, holdout: (row) => row >= train.length });
}

const shares = (train: Cells, holdout: Cells) =>
  dateOverlap(sideOf(train, holdout)).map(({ value, evidence: { older, same, reaching, missing } }) => ({
    value,
    older,
    same,
    reaching,
    missing,
  }));

describe("dateOverlap", () => {
  it("tells both periods and how far they overlap", () => {
    const side = sideOf(
      ["2024-03-01", "2024-03-04", "2024-03-06"],
      ["2024-03-02", "2024-03-06", "2024-03-05", "2024-03-09"],
      "group",
    );
    expect(dateOverlap(side)).toEqual([
      {
        kind: "date-overlap",
        column: "day",
        value: 0.75,
        evidence: {
          older: 2,
          same: 1,
          holdout: 4,
          share: 0.75,
          reaching: 2,
          train: 3,
          missing: 0,
          trainFrom: "2024-03-01",
          trainTo: "2024-03-06",
          holdoutFrom: "2024-03-02",
          holdoutTo: "2024-03-09",
          split: "group",
        },
        description:
          "3 of 4 hold-out rows (75 %) are no later than the newest training row; training 2024-03-01 to 2024-03-06, hold-out 2024-03-02 to 2024-03-09",
      },
    ]);
  });

  it.each<[what: string, train: Cells, holdout: Cells, found: ReturnType<typeof shares>]>([
    ["later rows only", [1, 2, 3], [4, 5], []],
    ["earlier rows only", [4, 5], [1, 2], [{ value: 1, older: 2, same: 0, reaching: 2, missing: 0 }]],
    [
      "the day of the cut on both sides",
      [1, 2, 3],
      [3, 3, 4, 5],
      [{ value: 0.5, older: 0, same: 2, reaching: 1, missing: 0 }],
    ],
    ["two dates, both on both sides", [1, 2], [1, 2], [{ value: 1, older: 1, same: 1, reaching: 2, missing: 0 }]],
    ["two dates, one per side", [1, 1], [2, 2], []],
    ["one date", [7, 7, 7], [7, 7], []],
    [
      "one date of each side but in the wrong order",
      [8, 8],
      [7],
      [{ value: 1, older: 1, same: 0, reaching: 2, missing: 0 }],
    ],
    [
      "a single training row of the future",
      [1, 2, 99],
      [3, 4],
      [{ value: 1, older: 2, same: 0, reaching: 1, missing: 0 }],
    ],
    [
      "a single hold-out row of the past",
      [3, 4],
      [1, 5, 6, 7],
      [{ value: 0.25, older: 1, same: 0, reaching: 2, missing: 0 }],
    ],
    ["rows without a time", [1, null, 3], [2, null, null], [{ value: 1, older: 1, same: 0, reaching: 1, missing: 3 }]],
    ["no time in training", [null, null], [1, 2], []],
    ["no time in the hold-out", [1, 2], [null], []],
    ["no training rows", [], [1, 2], []],
    ["no hold-out", [1, 2], [], []],
    [
      "one point in time in two zones",
      ["2024-03-01T12:00:00Z", "2024-02-01"],
      ["2024-03-01T14:00:00+02:00", "2024-03-02"],
      [{ value: 0.5, older: 0, same: 1, reaching: 1, missing: 0 }],
    ],
    [
      "a later text that is an earlier time",
      ["2024-03-01T23:00:00Z"],
      ["2024-03-02T00:30:00+02:00"],
      [{ value: 1, older: 1, same: 0, reaching: 1, missing: 0 }],
    ],
    ["what is no time", ["soon", "2024-03-02"], ["2024-03-01", "later"], []],
  ])("%s", (_, train, holdout, found) => {
    expect(shares(train, holdout)).toEqual(found);
  });

  it.each<[what: string, train: Cells, holdout: Cells, words: string]>([
    [
      "one time of each side",
      [8],
      [7],
      "1 of 1 hold-out rows (100 %) are older than the newest training row; training 8, hold-out 7",
    ],
    [
      "the day of the cut on both sides",
      ["2024-03", "2024-04"],
      ["2024-04-01", "2024-05"],
      "1 of 2 hold-out rows (50 %) are as old as the newest training row; training 2024-03 to 2024-04, hold-out 2024-04-01 to 2024-05",
    ],
    [
      "points in time in several zones",
      ["2024-03-01T12:00:00.5+02:00", "2024-03-01 12:30:59-05:00"],
      ["2024-03-01T11:00Z", "2024-03-03"],
      "1 of 2 hold-out rows (50 %) are older than the newest training row; training 2024-03-01T10:00Z to 2024-03-01T17:30Z, hold-out 2024-03-01T11:00Z to 2024-03-03",
    ],
    [
      "a few training rows that are much later, maybe by mistake",
      [...Array.from({ length: 200 }, (_, day) => day), 9999],
      [300, 301],
      "2 of 2 hold-out rows (100 %) are older than the newest training row, though only 1 training row is that late; training 0 to 9999, hold-out 300 to 301",
    ],
  ])("says of %s", (_, train, holdout, words) => {
    expect(dateOverlap(sideOf(train, holdout)).map(({ description }) => description)).toEqual([words]);
  });

  it("fits into a line of a report, however large the data is", () => {
    const clock = (row: number) => new Date(1.7e12 + 1000 * row).toISOString();
    const many = Array.from({ length: 100_000 }, (_, row) => clock(row));
    const [entry] = dateOverlap(sideOf(many, many.slice(500, -500)));
    expect(entry!.description.length).toBeLessThanOrEqual(maxShownLength);
  });

  it("finds nothing without a time, and nothing after any cut", () => {
    expect(dateOverlap({ ...sideOf([1, 3], [2]), time: null })).toEqual([]);
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 2 }),
        fc.integer({ min: -9, max: 9 }),
        (all, cut) => {
          const [train, holdout] = [all.filter((time) => time < cut), all.filter((time) => time >= cut)];
          expect(shares(train, holdout)).toEqual([]);
        },
      ),
    );
  });

  it("does not depend on the order of rows", () => {
    const times = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1 });
    fc.assert(
      fc.property(times, times, (train, holdout) => {
        expect(dateOverlap(sideOf(train.toReversed(), holdout.toSorted()))).toEqual(
          dateOverlap(sideOf(train, holdout)),
        );
      }),
    );
  });
});
