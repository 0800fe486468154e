import { formatCount } from "../../words.ts";

/** L-BFGS keeps about 25 vectors of this size: 200 MB. */
const MAX_WEIGHTS = 1_000_000;
/** 200 MB of scores. */
const MAX_SCORES = 25_000_000;
/** Gradient descent factorizes a square matrix of this size. */
const MAX_DESCENT_COLUMNS = 512;
/** About 90 seconds in the package's loop. */
const MAX_DESCENT_WORK = 200_000_000;

interface Size {
  rows: number;
  columns: number;
  classes: number;
}

/** Why a solver would need too much time or memory for a set of this size, or null. */
export function refuseTooMuch(
  { rows, columns, classes }: Size,
  options: { solver: "lbfgs" | "gradient-descent"; max_iterations: number },
): string | null {
  const weights = classes * (columns + 1);
  if (weights > MAX_WEIGHTS) {
    return `The model would have ${formatCount(weights)} weights (${formatCount(classes)} classes × ${formatCount(columns + 1)}); the limit is ${formatCount(MAX_WEIGHTS)}.`;
  }
  const scores = classes === 2 ? rows : rows * classes;
  if (scores > MAX_SCORES) {
    return `Training would keep ${formatCount(scores)} scores (${formatCount(rows)} rows × ${formatCount(classes)} classes); the limit is ${formatCount(MAX_SCORES)}.`;
  }
  if (options.solver === "lbfgs") return null;
  if (columns > MAX_DESCENT_COLUMNS) {
    return `The gradient-descent solver takes at most ${formatCount(MAX_DESCENT_COLUMNS)} columns after encoding, not ${formatCount(columns)}; lbfgs takes more.`;
  }
  const steps = scores * options.max_iterations;
  if (steps <= MAX_DESCENT_WORK) return null;
  return `The gradient-descent solver would take up to ${formatCount(steps)} row steps (${formatCount(scores)} × max_iterations ${options.max_iterations}); the limit is ${formatCount(MAX_DESCENT_WORK)}. The lbfgs solver takes far fewer.`;
}
