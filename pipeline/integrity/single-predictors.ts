import type { ExaminedSide } from "./examined-side.ts";
import type { Measured } from "./integrity-report.ts";
import { predictivePower, sampleRows } from "./predictive-power.ts";

/** Reported from here on, so that a threshold can be set above it. */
export const leastPredictive = 0.9;

/** Features that alone predict the target. `value` is the predictive power, 1 for perfect. */
export function singlePredictors(side: ExaminedSide): Measured[] {
  const rows = sampleRows(side);
  return side.features.flatMap((column) => {
    const power = predictivePower(column, side, rows);
    if (power === null || power.value < leastPredictive) return [];
    return [
      {
        kind: "single-predictor" as const,
        column: column.name,
        value: power.value,
        evidence: { ...power },
        description: `a feature that alone predicts the target with ${power.measure} ${Math.floor(power.value * 1e4) / 1e4}`,
      },
    ];
  });
}
