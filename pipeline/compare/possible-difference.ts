import type { Metric } from "../metrics/metric.ts";

/** The largest difference that two values of a metric can have: no interval reaches beyond it, and no larger change can show. */
export function possibleDifference({ range: [least, most] }: Pick<Metric, "range">): number {
  return most - least;
}
