import { describe, expect, it } from "vitest";
import { sameValues } from "../../../../pipeline/match/columns/hold-the-same.ts";
import { categorical, numeric } from "../../../support/tables.ts";

type Cell = number | null;

describe("sameValues", () => {
  it.each<[one: Cell[], other: Cell[], same: boolean]>([
    [[], [], true],
    [[1, 2], [2, 1], true],
    [[1, null], [null, 1], true],
    [[1], [1, 2], true],
    [[0], [-0], true],
    [[0.3, 1], [1, 0.1 + 0.2], true],
    [[2, 2], [1, 2, 3], false],
    [[null], [1, 2], false],
    [[null, null], [null, 1, 2], false],
    [[1, 2], [10, 20], false],
  ])("numbers %j and %j: %s", (one, other, same) => {
    expect([
      sameValues(numeric("a", one), numeric("a", other)),
      sameValues(numeric("a", other), numeric("a", one)),
    ]).toEqual([same, same]);
  });

  it.each<[one: (string | null)[], other: (string | null)[], same: boolean]>([
    [[], [], true],
    [["x", "y"], ["y", "x"], true],
    [["x", null], [null, "x"], true],
    [["y"], ["x", "y"], true],
    [["x", "x"], ["x", "y", "z"], false],
    [[null], ["x", "y"], false],
  ])("categories %j and %j: %s", (one, other, same) => {
    expect([
      sameValues(categorical("a", one), categorical("a", other)),
      sameValues(categorical("a", other), categorical("a", one)),
    ]).toEqual([same, same]);
  });

  it("of different types are not the same", () => {
    expect(sameValues(numeric("a", [1]), categorical("a", ["1"]))).toBe(false);
  });
});
