import type { TrainingSet } from "../estimator.ts";
import type { Design } from "../logistic-regression/design.ts";
import { designOf } from "../logistic-regression/design-of.ts";
import type { LinearPredictor } from "./linear-predictor.ts";

/** Falls of the gradient that count as done. */
const TOLERANCE = 1e-12;

/**
 * Minimizes ‖y − Xw − intercept‖² + alpha ‖w‖² by conjugate gradients on the normal equations without forming them
 * (CGLS; Björck, Numerical Methods for Least Squares Problems, algorithm 7.4.1). Starting from zero, alpha 0 gives the
 * solution of least norm, also when columns depend on each other as one-hot columns do. The intercept is not penalized.
 */
export function leastSquares(
  set: TrainingSet,
  alpha: number,
  onProgress?: (share: number) => void,
): Omit<LinearPredictor, "type"> {
  const design = designOf(set.features);
  const { rows, columns } = design;
  const center = centerOf(design);
  const target = standardizeTarget(set.target);
  // In units of the target's spread, so that nothing overflows; scaling both terms alike leaves the minimum in place.
  const residual = target.values;
  const weights = new Float64Array(columns + 1);
  const direction = new Float64Array(columns + 1);
  const change = new Float64Array(rows);
  const gradient = new Float64Array(columns + 1);

  const updateGradient = () => {
    design.accumulate(residual, 1, gradient);
    const total = gradient[columns]!;
    for (let j = 0; j < columns; j++) gradient[j]! -= center[j]! * total + alpha * weights[j]!;
    gradient[columns] = 0;
    return squaredNorm(gradient, columns);
  };

  let norm = updateGradient();
  const firstNorm = norm;
  const most = 100 + 4 * Math.min(rows, columns);
  direction.set(gradient);
  let iterations = 0;
  const done = () => !(norm > firstNorm * TOLERANCE * TOLERANCE);
  while (iterations < most && !done()) {
    direction[columns] = -dot(center, direction, columns);
    design.multiply(direction, 1, change);
    const length = norm / (squaredNorm(change, rows) + alpha * squaredNorm(direction, columns));
    if (!Number.isFinite(length)) break;
    for (let j = 0; j < columns; j++) weights[j]! += length * direction[j]!;
    for (let row = 0; row < rows; row++) residual[row]! -= length * change[row]!;
    const next = updateGradient();
    for (let j = 0; j < columns; j++) direction[j] = gradient[j]! + (next / norm) * direction[j]!;
    norm = next;
    iterations++;
    if (iterations % 50 === 0) onProgress?.(iterations / most);
  }
  onProgress?.(1);
  return {
    columns,
    weights: Array.from(weights.subarray(0, columns), (weight) => weight * target.scale + 0),
    intercept: target.mean - target.scale * dot(center, weights, columns),
    fit: {
      iterations,
      converged: done(),
      objective: finiteOrNull((squaredNorm(residual, rows) / rows) * target.scale ** 2),
    },
  };
}

/** The mean of each column. */
function centerOf(design: Design): Float64Array {
  const sums = new Float64Array(design.columns + 1);
  design.accumulate(new Float64Array(design.rows).fill(1), 1, sums);
  return sums.map((sum) => sum / design.rows);
}

function standardizeTarget(target: ArrayLike<number>) {
  let mean = 0;
  for (let row = 0; row < target.length; row++) mean += target[row]! / target.length;
  let scale = 0;
  for (let row = 0; row < target.length; row++) scale = Math.max(scale, Math.abs(target[row]! - mean));
  if (scale === 0) scale = 1;
  return { mean, scale, values: Float64Array.from(target, (value) => (value - mean) / scale) };
}

function squaredNorm(vector: Float64Array, length: number): number {
  return dot(vector, vector, length);
}

function dot(left: Float64Array, right: Float64Array, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += left[i]! * right[i]!;
  return sum;
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
