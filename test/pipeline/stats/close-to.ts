import { expect } from "vitest";

/** Compares two numbers to a relative tolerance; numbers below 1e-12 count as 0. */
export function expectClose(actual: number | null | undefined, expected: number | null, tolerance = 1e-9): void {
  if (expected === null || typeof actual !== "number") {
    expect(actual).toBe(expected);
    return;
  }
  const gap = Math.abs(actual - expected);
  if (!(gap <= tolerance * Math.max(Math.abs(actual), Math.abs(expected)) || gap <= 1e-12))
    expect(actual).toBe(expected);
}
