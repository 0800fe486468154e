import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalNumber } from "../../../pipeline/match/canonical-number.ts";

/** Decimals of up to 15 significant digits that are not whole. */
const shortDecimal = fc
  .tuple(fc.integer({ min: 1, max: 999_999_999_999_999 }), fc.integer({ min: -40, max: 0 }), fc.boolean())
  .map(([digits, exponent, negative]) => Number(`${negative ? "-" : ""}${digits}e${exponent}`))
  .filter((value) => !Number.isInteger(value));

/** The doubles next to a value, one above and one below. */
function neighbors(value: number): number[] {
  const number = Float64Array.of(value);
  const bits = new BigInt64Array(number.buffer);
  const own = bits[0]!;
  return [own + 1n, own - 1n].map((other) => {
    bits[0] = other;
    return number[0]!;
  });
}

describe("the number that stands for those equal to it in 15 digits", () => {
  it.each([
    [-0.032698832431900006, -0.0326988324319],
    [0.12677769874000006, 0.12677769874],
    [0.1 + 0.2, 0.3],
    [0.09999999999999999, 0.1],
    [1.1 * 1.1, 1.21],
    [123_456.789_012_345_67, 123_456.789_012_346],
    [9.999_999_999_999_999e-12, 1e-11],
    [4.35 * 1e-30, 4.35e-30],
  ])("of %d is %d", (value, canonical) => {
    expect(canonicalNumber(value)).toBe(canonical);
  });

  it.each([0, 7, -12, 2 ** 53 - 1, 2 ** 60, 1.7e18, 4_503_599_627_370_495.5, 5e-324])("of %d is itself", (value) => {
    expect(canonicalNumber(value)).toBe(value);
  });

  it("is 0 for −0, and NaN and the infinities stay", () => {
    expect([-0, Number.NaN, Infinity, -Infinity].map(canonicalNumber)).toEqual([0, Number.NaN, Infinity, -Infinity]);
  });

  it("of a decimal of up to 15 digits is itself, and so is that of its two neighbors", () => {
    fc.assert(
      fc.property(shortDecimal, (value) => {
        expect([value, ...neighbors(value)].map(canonicalNumber)).toEqual([value, value, value]);
      }),
      { numRuns: 2000 },
    );
  });

  it("stands for itself, and is as near as 15 digits are", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const canonical = canonicalNumber(value);
        expect(canonicalNumber(canonical)).toBe(canonical);
        // Half a step of the 15th digit, and the last bit of a product and of a quotient.
        expect(Math.abs(canonical - value)).toBeLessThanOrEqual(5.2e-15 * Math.abs(value));
      }),
      { numRuns: 2000 },
    );
  });
});
