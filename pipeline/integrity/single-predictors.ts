import { formatCount } from "../words.ts";
import type { ExaminedSide, Measured } from "./examined-side.ts";
import { predictivePower, sampleRows } from "./predictive-power.ts";

/** Reported from here on, so that a threshold can be set above it. */
export const leastPredictive = 0.9;

/** Rows a side: enough to see that a feature is ordinary, and to tell 0.99 from 0.98. */
const firstLook = 1_000;
const secondLook = 10_000;
/** Far enough below `leastPredictive` that a first look can't be that wrong. */
const worthMore = 0.8;

/** Features that alone predict the target. `value` is the predictive power, 1 for perfect. */
export function singlePredictors(side: ExaminedSide): Measured[] {
  const few = sampleRows(side, firstLook);
  const many = sampleRows(side, secondLook);
  return side.features.flatMap((column) => {
    const first = predictivePower(column, side, few);
    const power = first === null || first.value >= worthMore ? predictivePower(column, side, many) : null;
    if (power === null || power.value < leastPredictive) return [];
    return [
      {
        kind: "single-predictor" as const,
        column: column.name,
        value: power.value,
        evidence: { ...power },
        description: `${power.measure} ${Math.floor(power.value * 1e4) / 1e4} on ${formatCount(power.rows)} hold-out rows`,
      },
    ];
  });
}
