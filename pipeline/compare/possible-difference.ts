import type { Metric } from "../metrics/metric.ts";

/** Of metrics of classes whose values do not lie between 0 and 1, how far two values can be apart. */
const widths: Record<string, number> = { log_loss: Number.POSITIVE_INFINITY, matthews_corrcoef: 2, brier_score: 2 };

/**
 * The largest difference that two values of a metric can have: 1 of most metrics of classes, infinity of metrics of numbers
 * and of the log loss. Beyond it no interval reaches, and a change that large can't show.
 */
export function possibleDifference({ id, tasks }: Pick<Metric, "id" | "tasks">): number {
  return tasks.includes("regression") ? Number.POSITIVE_INFINITY : (widths[id] ?? 1);
}
