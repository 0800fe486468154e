import type { Column } from "../table/table.ts";
import type { ExaminedSide } from "./examined-side.ts";
import { isTooGood } from "./near-perfect.ts";
import { pairPredictors } from "./pair-predictors.ts";
import { predictivePower, sampleRows } from "./predictive-power.ts";

const mostRows = 10_000;

/**
 * Which of the features that came explain a score that is too good: each that alone is, else the best pair that is, else all.
 *
 * @param without the score without any of them
 */
export function tellingFeatures(side: ExaminedSide, added: readonly Column[], without: number): readonly Column[] {
  if (added.length === 1) return added;
  const rows = sampleRows(side, mostRows);
  const alone = added.filter((column) => {
    const power = predictivePower(column, side, rows);
    return power !== null && isTooGood({ with: power.value, without });
  });
  if (alone.length > 0) return alone;
  const pairs = pairPredictors(side, added).filter(({ value }) => isTooGood({ with: value, without }));
  const best = pairs.sort((one, other) => other.value - one.value)[0];
  const paired = added.filter(({ name }) => best?.columns?.includes(name));
  return paired.length > 0 ? paired : added;
}
