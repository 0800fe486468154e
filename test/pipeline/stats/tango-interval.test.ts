import { describe, expect, it } from "vitest";
import { tangoInterval } from "../../../pipeline/stats/tango-interval.ts";
import reference from "../../fixtures/reference/paired.json" with { type: "json" };

describe(`tangoInterval against its definition, maximized by scipy ${reference.versions.scipy}`, () => {
  it.each(reference.tango)("%d and %d of %d at %d: %d to %d", (onlyBase, onlyHead, rows, level, low, high) => {
    const found = tangoInterval(onlyBase!, onlyHead!, rows!, { level: level! }).value!;
    expect([found.low, found.high]).toEqual([expect.closeTo(low!, 7), expect.closeTo(high!, 7)]);
  });
});

describe("tangoInterval", () => {
  it.each([
    [0, 0, 30],
    [3, 9, 30],
    [30, 0, 30],
    [0, 30, 30],
    [10, 20, 30],
  ])("of %d and %d of %d contains the difference, lies in [−1, 1] and mirrors", (onlyBase, onlyHead, rows) => {
    const { difference, low, high } = tangoInterval(onlyBase, onlyHead, rows).value!;
    const mirrored = tangoInterval(onlyHead, onlyBase, rows).value!;
    expect([-1 <= low, low <= difference, difference <= high, high <= 1]).toEqual([true, true, true, true]);
    expect([mirrored.low, mirrored.high]).toEqual([expect.closeTo(-high, 12), expect.closeTo(-low, 12)]);
  });

  it("excludes zero where McNemar's statistic without correction exceeds 1.96", () => {
    // (c − b) / √(b + c): 1.90 and 2.12
    expect(tangoInterval(3, 10, 200).value!.low).toBeLessThan(0);
    expect(tangoInterval(4, 14, 200).value!.low).toBeGreaterThan(0);
  });

  it.each([
    [1.5, 0, 10],
    [-1, 0, 10],
    [6, 5, 10],
    [0, 0, 0],
  ])("has no answer for %d and %d of %d", (onlyBase, onlyHead, rows) => {
    expect(tangoInterval(onlyBase, onlyHead, rows).value).toBeNull();
  });
});
