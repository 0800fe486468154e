import { defined, undefinedBecause } from "../stats/statistic.ts";
import { defineMetric, type MetricFacts } from "./define-metric.ts";
import type { Metric, RowLoss, Scored } from "./metric.ts";
import { rowMean } from "./row-mean.ts";

/**
 * A metric that follows from the mean of a loss per row.
 *
 * @param lack why these rows have no value, whatever their losses; null when they have one
 */
export function meanMetric(
  facts: Omit<MetricFacts, "smoothness" | "rowLoss">,
  rowLoss: RowLoss,
  lack: (scored: Scored, weights?: Float64Array) => string | null = () => null,
): Metric {
  return defineMetric({ ...facts, smoothness: "means", rowLoss }, (scored) => {
    const mean = rowMean(rowLoss.of(scored));
    return (weights) => {
      const reason = lack(scored, weights);
      return reason === null ? defined(rowLoss.value([mean(weights)])) : undefinedBecause(reason);
    };
  });
}
