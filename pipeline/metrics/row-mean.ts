import { defined } from "../stats/statistic.ts";
import type { Evaluate } from "./define-metric.ts";

/** The weighted mean of one number per row. */
export function rowMean(values: Float64Array): Evaluate {
  return (weights) => {
    let sum = 0;
    let total = 0;
    for (let row = 0; row < values.length; row++) {
      const weight = weights === undefined ? 1 : weights[row]!;
      if (weight === 0) continue;
      sum += weight * values[row]!;
      total += weight;
    }
    return defined(sum / total);
  };
}
