import type { TrainingSet } from "./estimator.ts";

/**
 * Throws when a set breaks the contract that preprocessing and `train` keep: at least one row, matching lengths,
 * finite numbers, class indexes in range. Such a set is a mistake of ours, never of a person.
 */
export function checkSet({ features, target, classes }: TrainingSet): void {
  if (features.rows < 1) throw new Error("an estimator needs at least one row");
  if (features.values.length !== features.rows * features.columns)
    throw new Error("the features do not fit their size");
  if (target.length !== features.rows) throw new Error("features and target differ in length");
  if (!features.values.every(Number.isFinite)) throw new Error("every feature must be a finite number");
  const proper = classes === 0 ? Number.isFinite : (which: number) => which >= 0 && which < classes;
  if (!target.every(proper)) throw new Error("the target holds a value that is not allowed");
}
