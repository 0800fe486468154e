import { dot } from "./dot.ts";
import { searchLine } from "./line-search.ts";
import type { Objective } from "./objective.ts";

export interface MinimizeOptions {
  /** Stop when no component of the gradient exceeds this. */
  tolerance: number;
  maxIterations: number;
  /** Called after each iteration with the largest gradient component. */
  onIteration?: (iteration: number, largestGradient: number) => void;
}

export interface Minimum {
  point: Float64Array;
  value: number;
  iterations: number;
  /** True when the gradient met the tolerance; false at the iteration limit or when double precision ran out first. */
  converged: boolean;
}

/** Number of past steps that shape the search direction. */
const MEMORY = 10;

/**
 * Minimizes a smooth convex function by L-BFGS (Nocedal & Wright, Numerical Optimization, algorithms 7.4 and 7.5) with
 * a strong-Wolfe line search. Deterministic: no randomness and a fixed order of additions.
 * Memory: about 25 vectors of the size of `start`.
 */
export function minimize(objective: Objective, start: Float64Array, options: MinimizeOptions): Minimum {
  const size = start.length;
  let point: Float64Array = Float64Array.from(start);
  let gradient: Float64Array = new Float64Array(size);
  let value = objective(point, gradient);
  const history: { step: Float64Array; change: Float64Array; curvature: number }[] = [];
  let iterations = 0;
  while (largest(gradient) > options.tolerance && iterations < options.maxIterations) {
    const direction = searchDirection(gradient, history);
    const firstTrial = history.length === 0 ? Math.min(1, 1 / sumOfMagnitudes(gradient)) : 1;
    const found = searchLine(objective, { point, value, gradient }, direction, firstTrial);
    if (found === null) {
      if (history.length === 0) break;
      history.length = 0;
      continue;
    }
    const step = new Float64Array(size);
    const change = new Float64Array(size);
    for (let i = 0; i < size; i++) {
      step[i] = found.point[i]! - point[i]!;
      change[i] = found.gradient[i]! - gradient[i]!;
    }
    const curvature = dot(step, change);
    if (curvature > Number.EPSILON * dot(change, change)) {
      if (history.length === MEMORY) history.shift();
      history.push({ step, change, curvature });
    }
    ({ point, value, gradient } = found);
    iterations++;
    options.onIteration?.(iterations, largest(gradient));
  }
  return { point, value, iterations, converged: largest(gradient) <= options.tolerance };
}

/** The two-loop recursion: minus the approximate inverse Hessian times the gradient. */
function searchDirection(
  gradient: Float64Array,
  history: { step: Float64Array; change: Float64Array; curvature: number }[],
): Float64Array {
  const direction = gradient.map((component) => -component);
  const shares: number[] = [];
  for (let past = history.length - 1; past >= 0; past--) {
    const { step, change, curvature } = history[past]!;
    const share = dot(step, direction) / curvature;
    shares[past] = share;
    addScaled(direction, change, -share);
  }
  const last = history.at(-1);
  if (last !== undefined) {
    const scale = last.curvature / dot(last.change, last.change);
    for (let i = 0; i < direction.length; i++) direction[i]! *= scale;
  }
  for (let past = 0; past < history.length; past++) {
    const { step, change, curvature } = history[past]!;
    addScaled(direction, step, shares[past]! - dot(change, direction) / curvature);
  }
  return direction;
}

function addScaled(target: Float64Array, source: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i]! += factor * source[i]!;
}

function largest(vector: Float64Array): number {
  let most = 0;
  for (let i = 0; i < vector.length; i++) most = Math.max(most, Math.abs(vector[i]!));
  return most;
}

function sumOfMagnitudes(vector: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < vector.length; i++) sum += Math.abs(vector[i]!);
  return sum;
}
