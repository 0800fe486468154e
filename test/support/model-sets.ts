import type { TrainingSet } from "../../pipeline/models/estimator.ts";
import reference from "../fixtures/reference/models.json" with { type: "json" };

/** scikit-learn's numbers for its bundled data sets; see models.py beside the file. */
export const classificationSets = reference.classification;
export const regressionSets = reference.regression;

type Source = { features: number[][]; target: number[]; classes?: number };

/** The rows that the reference models were fitted on: every second one from the first. */
export function trainingRows(source: Source): TrainingSet {
  return every(source, 0);
}

/** The rows that the reference models predicted. */
export function holdoutRows(source: Source): TrainingSet {
  return every(source, 1);
}

function every(source: Source, first: number): TrainingSet {
  const rows = source.features.filter((_, row) => row % 2 === first);
  const target = source.target.filter((_, row) => row % 2 === first);
  return trainingSet(rows, target, source.classes ?? 0);
}

/** A set from rows of numbers; zero classes make it a regression. */
export function trainingSet(
  rows: readonly (readonly number[])[],
  target: readonly number[],
  classes: number,
): TrainingSet {
  return {
    features: { rows: rows.length, columns: rows[0]?.length ?? 0, values: Float64Array.from(rows.flat()) },
    target: classes === 0 ? Float64Array.from(target) : Int32Array.from(target),
    classes,
    task: classes === 0 ? "regression" : classes === 2 ? "binary" : "multiclass",
  };
}
