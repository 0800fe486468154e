import { describe, expect, it } from "vitest";
import { findLostRows, mustTellLoss } from "../../../pipeline/compare/lost-rows.ts";
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
    expect(findLostRows(aRun(rows), kept, 0)).toEqual({
      description:
        "20 of the 100 base hold-out rows (20 %) are no longer compared: the head has no such rows in its hold-out. The base's model is right on 25 % of them, and on 90 % of the others. Without them any model looks better, so no improvement is claimed.",
      harder: true,
    });
    expect(findLostRows(aRun(rows), kept, 20)?.description).toMatch(/^20 of the 100 .* are no longer compared\. The/);
  });

  it("tells it of numbers by their errors", () => {
    const rows = Array.from(
      { length: 100 },
      (_, at): HoldoutRow => ({ key: key(at), actual: at, says: at + (at < 20 ? 1.5 : -0.25) }),
    );
    expect(findLostRows(aRun(rows, { classes: [] }), kept, 0)).toEqual({
      description:
        "20 of the 100 base hold-out rows (20 %) are no longer compared: the head has no such rows in its hold-out. The base's model has a mean absolute error of 1.5 on them, and of 0.25 on the others. Without them any model looks better, so no improvement is claimed.",
      harder: true,
    });
  });

  it.each<[what: string, wrongOf20: number, wrongOf80: number, harder: boolean]>([
    ["easier", 0, 20, false],
    ["as hard", 5, 20, false],
    ["harder by no more than chance", 8, 20, false],
    ["harder", 12, 20, true],
  ])("%s", (_, wrongOf20, wrongOf80, harder) => {
    const rows = Array.from(
      { length: 100 },
      (_one, at): HoldoutRow => ({
        key: key(at),
        actual: "yes",
        says: says(at < 20 ? at >= wrongOf20 : at - 20 >= wrongOf80),
      }),
    );
    expect(findLostRows(aRun(rows), kept, 0)).toMatchObject({
      harder,
      description: harder
        ? expect.stringMatching(/no improvement is claimed\.$/)
        : expect.stringMatching(/of the others\.$/),
    });
  });
});
