import { expect, it } from "vitest";
import { effectStrength, strongestFirst } from "../../src/words/effect-strength.ts";

const effect = (difference: number | null, low?: number, high?: number) => ({
  difference,
  interval: low === undefined || high === undefined ? null : { low, high },
});

it.each<[what: string, given: ReturnType<typeof effect>, strength: number]>([
  ["three half widths", effect(-3, -4, -2), 3],
  ["a gain counts as a loss does", effect(3, 2, 4), 3],
  ["no interval", effect(-3), 0],
  ["no difference", effect(null, -1, 1), 0],
  ["nothing at all", effect(0, 0, 0), 0],
  ["an interval without width", effect(-3, -3, -3), Number.POSITIVE_INFINITY],
])("%s", (_, given, strength) => {
  expect(effectStrength(given)).toBe(strength);
});

it("the strongest first, whatever the unit", () => {
  const effects = [effect(-200, -390, -10), effect(-3, -3, -3), effect(-0.03, -0.04, -0.02), effect(-1, -1, -1)];
  expect(effects.toSorted(strongestFirst).map(({ difference }) => difference)).toEqual([-3, -1, -0.03, -200]);
});
