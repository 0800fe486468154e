import { upperIncompleteGamma } from "./incomplete-gamma.ts";

/**
 * P(X ≥ x) for X of the χ² distribution: Q(dof / 2, x / 2). Zero degrees of freedom put all mass on 0.
 * Throws a RangeError for a negative or missing argument.
 *
 * @example chiSquareSurvival(3.841458820694124, 1); // 0.05
 */
export function chiSquareSurvival(x: number, dof: number): number {
  if (dof === 0 && x >= 0) return x === 0 ? 1 : 0;
  return upperIncompleteGamma(dof / 2, x / 2);
}
