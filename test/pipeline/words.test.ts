import { describe, expect, it } from "vitest";
import { formatCount, groupThousands } from "../../pipeline/words.ts";

describe("a count", () => {
  it.each<[value: number, text: string]>([
    [0, "0"],
    [1, "1"],
    [999, "999"],
    [1000, "1,000"],
    [8140, "8,140"],
    [99_999.6, "100,000"],
    [1_234_567, "1,234,567"],
    [-3, "−3"],
    [-1234, "−1,234"],
    [Number.MAX_SAFE_INTEGER, "9,007,199,254,740,991"],
  ])("%d: %s", (value, text) => {
    expect(formatCount(value)).toBe(text);
  });
});

describe("digits", () => {
  it.each<[digits: string, text: string]>([
    ["12345", "12,345"],
    ["12345.678901", "12,345.678901"],
    ["0.123456", "0.123456"],
    ["1.000e300", "1.000e300"],
  ])("%s: %s", (digits, text) => {
    expect(groupThousands(digits)).toBe(text);
  });
});
