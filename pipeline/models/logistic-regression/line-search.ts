import { dot } from "./dot.ts";
import type { Objective } from "./objective.ts";

interface Place {
  point: Float64Array;
  value: number;
  gradient: Float64Array;
}

/** A place on the line, with how far along it is and how the function slopes there. */
interface Trial extends Place {
  length: number;
  slope: number;
}

const SUFFICIENT_DECREASE = 1e-4;
const CURVATURE = 0.9;
const MAX_TRIALS = 30;

/**
 * Finds a place along `direction` that satisfies the strong Wolfe conditions (Nocedal & Wright, algorithms 3.5 and
 * 3.6, with safeguarded cubic interpolation). Null when double precision shows no decrease any more.
 */
export function searchLine(objective: Objective, from: Place, direction: Float64Array, first: number): Place | null {
  const startSlope = dot(from.gradient, direction);
  if (!(startSlope < 0)) return null;
  const start: Trial = { ...from, length: 0, slope: startSlope };
  const tooHigh = (trial: Trial) => !(trial.value <= from.value + SUFFICIENT_DECREASE * trial.length * startSlope);
  const flatEnough = (trial: Trial) => Math.abs(trial.slope) <= -CURVATURE * startSlope;
  let low = start;
  let high: Trial | null = null;
  let length = first;
  for (let count = 0; count < MAX_TRIALS; count++) {
    const trial = evaluate(objective, from.point, direction, length);
    if (tooHigh(trial) || trial.value >= low.value) {
      high = trial;
    } else {
      if (flatEnough(trial)) return trial;
      if (high === null ? trial.slope >= 0 : trial.slope * (high.length - low.length) >= 0) high = low;
      low = trial;
    }
    length = high === null ? low.length * 2 : between(low, high);
    if (high !== null && Math.abs(high.length - low.length) <= 1e-14 * Math.max(high.length, low.length)) break;
  }
  return low.value < from.value ? low : null;
}

function evaluate(objective: Objective, origin: Float64Array, direction: Float64Array, length: number): Trial {
  const point = new Float64Array(origin.length);
  for (let i = 0; i < point.length; i++) point[i] = origin[i]! + length * direction[i]!;
  const gradient = new Float64Array(origin.length);
  const value = objective(point, gradient);
  return { point, value, gradient, length, slope: dot(gradient, direction) };
}

/** Minimum of the cubic through two trials, kept a tenth of the interval away from its ends; else the middle. */
function between(low: Trial, high: Trial): number {
  const middle = (low.length + high.length) / 2;
  const width = high.length - low.length;
  const first = low.slope + high.slope - (3 * (high.value - low.value)) / width;
  const square = first * first - low.slope * high.slope;
  if (!(square >= 0)) return middle;
  const second = Math.sign(width) * Math.sqrt(square);
  const cubic = high.length - width * ((high.slope + second - first) / (high.slope - low.slope + 2 * second));
  const share = (cubic - low.length) / width;
  return share > 0.1 && share < 0.9 ? cubic : middle;
}
