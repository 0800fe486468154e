import { describe, expect, it } from "vitest";
import { isWithin, parseMoment } from "../../src/ledger/period.ts";

describe("a moment", () => {
  it.each([
    ["2026-02-28", "since", "2026-02-28T00:00:00.000Z"],
    ["2026-02-28", "until", "2026-02-28T23:59:59.999Z"],
    ["2024-02-29", "since", "2024-02-29T00:00:00.000Z"],
    ["2026-02-28T12:00Z", "until", "2026-02-28T12:00:00.000Z"],
    ["2026-02-28T23:30:00.5-02:00", "since", "2026-03-01T01:30:00.500Z"],
    ["2026-02-30", "since", null],
    ["2026-02-30T00:00:00Z", "since", null],
    ["2026-02-28T25:00:00Z", "since", null],
    ["2026-02-28T12:00:00", "since", null],
    ["28.02.2026", "since", null],
    ["yesterday", "until", null],
    ["", "until", null],
  ] as const)("%j, %s, is %s", (written, which, moment) => {
    expect(parseMoment(written, which)).toBe(moment);
  });
});

it.each([
  [null, null, true],
  ["2026-02-28T00:00:00.000Z", "2026-02-28T00:00:00.000Z", true],
  ["2026-02-28T00:00:00.001Z", null, false],
  [null, "2026-02-27T23:59:59.999Z", false],
])("the period from %s to %s holds midnight: %s", (since, until, holds) => {
  expect(isWithin("2026-02-28T00:00:00.000Z", { since, until })).toBe(holds);
});
