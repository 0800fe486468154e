import { describe, expect, it } from "vitest";
import { quantile } from "../../../pipeline/stats/quantile.ts";

describe("quantile", () => {
  // numpy 2.4.6, np.quantile(values, p): equal to the last bit
  it.each([
    [[7], 0.3, 7],
    [[1, 2, 3, 4], 0, 1],
    [[1, 2, 3, 4], 1, 4],
    [[1, 2, 3, 4], 0.5, 2.5],
    [[0.1, 0.7], 0.7, 0.5199999999999999],
    [[0.1, 0.7], 0.55, 0.43],
    [[1 / 3, 2 / 3, 0.9], 1 / 3, 0.5555555555555555],
    [[0.1, 0.1, 0.1], 0.3, 0.1],
  ])("of %j at %d is %d", (values, p, expected) => {
    expect(quantile(Float64Array.from(values), p)).toBe(expected);
  });

  it("stays finite between the largest doubles", () => {
    expect(quantile(Float64Array.of(-Number.MAX_VALUE, Number.MAX_VALUE), 0.5)).toBe(0);
  });

  it.each([
    [[], 0.5],
    [[1], -0.1],
    [[1], Number.NaN],
  ])("of %j at %d is refused", (values, p) => {
    expect(() => quantile(Float64Array.from(values), p)).toThrow(RangeError);
  });
});
