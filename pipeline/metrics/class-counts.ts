import type { ConfusionCounts } from "./confusion-matrix.ts";

/** One class against the rest, as weighted row counts. */
export interface ClassCounts {
  truePositive: number;
  falsePositive: number;
  falseNegative: number;
}

/** Counts of one class against all the others. */
export function classCounts(counts: ConfusionCounts, classes: number, which: number): ClassCounts {
  const truePositive = counts[which * classes + which]!;
  let falsePositive = 0;
  let falseNegative = 0;
  for (let other = 0; other < classes; other++) {
    if (other === which) continue;
    falsePositive += counts[other * classes + which]!;
    falseNegative += counts[which * classes + other]!;
  }
  return { truePositive, falsePositive, falseNegative };
}

/** Of the rows predicted as the class, the share that is; 0 when no row is predicted as it (scikit-learn's convention). */
export function precisionOf({ truePositive, falsePositive }: ClassCounts): number {
  return ratio(truePositive, truePositive + falsePositive);
}

/** Of the rows of the class, the share that was found; 0 when there is none. */
export function recallOf({ truePositive, falseNegative }: ClassCounts): number {
  return ratio(truePositive, truePositive + falseNegative);
}

/** Harmonic mean of precision and recall; 0 when the class is neither present nor predicted. */
export function f1Of({ truePositive, falsePositive, falseNegative }: ClassCounts): number {
  return ratio(2 * truePositive, 2 * truePositive + falsePositive + falseNegative);
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
