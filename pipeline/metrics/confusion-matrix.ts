import type { Scored } from "./metric.ts";

/** Weighted counts of actual × predicted class, row-major, `classes` × `classes`. */
export type ConfusionCounts = Float64Array;

/** Indexes the rows once; the returned function counts any weights in one pass. For classification only. */
export function prepareConfusion(scored: Scored): (weights?: Float64Array) => ConfusionCounts {
  const { actual, predicted, classes } = scored;
  const cells = new Int32Array(actual.length);
  for (let row = 0; row < cells.length; row++) cells[row] = actual[row]! * classes + predicted[row]!;
  return (weights) => {
    const counts = new Float64Array(classes * classes);
    if (weights === undefined) for (let row = 0; row < cells.length; row++) counts[cells[row]!]!++;
    else for (let row = 0; row < cells.length; row++) counts[cells[row]!]! += weights[row]!;
    return counts;
  };
}

/** Hold-out counts, rows = actual, columns = predicted, in class order; null for regression. */
export function confusionMatrix(scored: Scored): number[][] | null {
  if (scored.task === "regression") return null;
  const counts = prepareConfusion(scored)();
  const { classes } = scored;
  return Array.from({ length: classes }, (_, actual) => [...counts.subarray(actual * classes, (actual + 1) * classes)]);
}
