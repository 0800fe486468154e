import { defineMetric } from "./define-metric.ts";
import type { Metric } from "./metric.ts";
import { rowMean } from "./row-mean.ts";

/** A regression metric that is the mean over rows of a cost of `error = actual − predicted`. */
export function errorMetric(facts: Pick<Metric, "id" | "title" | "docs">, cost: (error: number) => number): Metric {
  return defineMetric(
    { ...facts, direction: "lower", needs: "labels", tasks: ["regression"] },
    ({ actual, predicted }) => {
      const costs = new Float64Array(actual.length);
      for (let row = 0; row < costs.length; row++) costs[row] = cost(actual[row]! - predicted[row]!);
      return rowMean(costs);
    },
  );
}
