import { describe, expect, it } from "vitest";
import { describeLostRows, mustTellLoss } from "../../../pipeline/compare/lost-rows.ts";
import { aRun, type HoldoutRow } from "../../support/runs.ts";

describe("rows that are no longer compared", () => {
  it.each<[lost: number, heldOut: number, told: boolean]>([
    [0, 0, false],
    [0, 20, false],
    [2, 20, false],
    [3, 20, true],
    [1, 52, false],
    [14, 800, false],
    [15, 800, true],
    [50, 10_000, false],
    [51, 10_000, true],
  ])("%d of %d: %s", (lost, heldOut, told) => {
    expect(mustTellLoss(lost, heldOut)).toBe(told);
  });

  const says = (right: boolean) => (right ? [0.1, 0.9] : [0.9, 0.1]);
  const key = (at: number) => `k${String(at).padStart(3, "0")}`;
  /** Of 100 rows the first 20 are lost. */
  const kept = Int32Array.from({ length: 80 }, (_, at) => at + 20);

  it("tells whether they were harder for the base's model", () => {
    const rows = Array.from(
      { length: 100 },
      (_, at): HoldoutRow => ({ key: key(at), actual: "yes", says: says(at % 20 >= (at < 20 ? 15 : 2)) }),
    );
    expect(describeLostRows(aRun(rows), kept, 0)).toBe(
      "20 of the 100 base hold-out rows (20 %) are no longer compared: the head has no such rows in its hold-out. The base's model is right on 25 % of them, and on 90 % of the others.",
    );
    expect(describeLostRows(aRun(rows), kept, 20)).toBe(
      "20 of the 100 base hold-out rows (20 %) are no longer compared. The base's model is right on 25 % of them, and on 90 % of the others.",
    );
  });

  it("tells it of numbers by their errors", () => {
    const rows = Array.from(
      { length: 100 },
      (_, at): HoldoutRow => ({ key: key(at), actual: at, says: at + (at < 20 ? 1.5 : -0.25) }),
    );
    expect(describeLostRows(aRun(rows, { classes: [] }), kept, 0)).toBe(
      "20 of the 100 base hold-out rows (20 %) are no longer compared: the head has no such rows in its hold-out. The base's model has a mean absolute error of 1.5 on them, and of 0.25 on the others.",
    );
  });
});
