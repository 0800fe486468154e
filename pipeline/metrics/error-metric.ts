import type { OwnFacts } from "./define-metric.ts";
import { meanMetric } from "./mean-metric.ts";
import type { Metric, RowLoss } from "./metric.ts";

/** A regression metric that follows from the mean of a cost of each row's error; see `meanMetric`. */
export function errorMetric(facts: OwnFacts, rowLoss: RowLoss, lack?: Parameters<typeof meanMetric>[2]): Metric {
  const nature = {
    direction: "lower",
    needs: "labels",
    tasks: ["regression"],
    range: [0, Number.POSITIVE_INFINITY],
  } as const;
  return meanMetric({ ...facts, ...nature }, rowLoss, lack);
}
