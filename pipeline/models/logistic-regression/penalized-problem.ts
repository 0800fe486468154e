import type { TrainingSet } from "../estimator.ts";
import type { Design } from "./design.ts";
import { designOf } from "./design-of.ts";

/** What both solvers minimize over: data, labels, row weights and the penalty. */
export interface PenalizedProblem {
  design: Design;
  actual: Int32Array;
  classes: number;
  rowWeights: Float64Array;
  /** Σ rowWeights: the objective is divided by it, so that tolerances do not depend on the number of rows. */
  totalWeight: number;
  /** 1 / C: the penalty on the summed loss is `penalty`/2 · ‖weights without intercepts‖², as in scikit-learn. */
  penalty: number;
}

export function penalizedProblem(set: TrainingSet, c: number, classWeight: "balanced" | null): PenalizedProblem {
  const actual = Int32Array.from(set.target);
  const rowWeights = new Float64Array(actual.length).fill(1);
  if (classWeight === "balanced") {
    const counts = new Float64Array(set.classes);
    for (const which of actual) counts[which]!++;
    const present = counts.filter((count) => count > 0).length;
    for (let row = 0; row < actual.length; row++) rowWeights[row] = actual.length / (present * counts[actual[row]!]!);
  }
  return {
    design: designOf(set.features),
    actual,
    classes: set.classes,
    rowWeights,
    totalWeight: rowWeights.reduce((sum, weight) => sum + weight, 0),
    penalty: 1 / c,
  };
}

/** Adds the penalty's gradient to `gradient` and returns the penalty; intercepts go free. */
export function addPenalty(weights: Float64Array, columns: number, penalty: number, gradient: Float64Array): number {
  let squares = 0;
  for (let i = 0; i < weights.length; i++) {
    if (i % (columns + 1) === columns) continue;
    squares += weights[i]! * weights[i]!;
    gradient[i]! += penalty * weights[i]!;
  }
  return (penalty / 2) * squares;
}
