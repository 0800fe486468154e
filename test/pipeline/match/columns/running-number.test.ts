import { describe, expect, it } from "vitest";
import { isRunningNumber } from "../../../../pipeline/match/columns/running-number.ts";
import type { Column } from "../../../../pipeline/table/table.ts";
import { categorical, numeric } from "../../../support/tables.ts";

describe("isRunningNumber", () => {
  it.each<[what: string, column: Column, is: boolean]>([
    ["numbers from 0", numeric("x", [0, 1, 2, 3]), true],
    ["numbers from 1 in another order", numeric("x", [4, 2, 1, 3]), true],
    ["numbers that go on", numeric("x", [-1, 0, 1, 2]), true],
    ["a gap", numeric("x", [0, 1, 3]), false],
    ["a number twice, within its range", numeric("x", [0, 1, 1, 3]), false],
    ["fractions", numeric("x", [0.5, 1.5, 2.5]), false],
    ["a missing one", numeric("x", [0, 1, null]), false],
    ["numbers of more digits than are exact", numeric("x", [2 ** 53, 2 ** 53 + 2]), false],
    ["words", categorical("x", ["0", "1", "2"]), false],
    ["one row", numeric("x", [0]), false],
    ["no row", numeric("x", []), false],
  ])("%s", (_, column, is) => {
    expect(isRunningNumber(column)).toBe(is);
  });
});
