import type { Matrix } from "./estimator.ts";

/** Throws when a model is asked about another number of columns than it was fitted on. */
export function checkColumns(features: Matrix, fitted: number): void {
  if (features.columns === fitted) return;
  throw new Error(`the model was fitted on ${fitted} columns, not on ${features.columns}`);
}
