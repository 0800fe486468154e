import { normalQuantile } from "./normal-distribution.ts";
import { defined, levelProblem, type Statistic, undefinedBecause } from "./statistic.ts";

export interface TangoInterval {
  /** (onlyHead − onlyBase) / rows */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  readonly level: number;
}

/**
 * Score interval of the difference of two paired proportions (Tango 1998), for instance of two models' accuracies on the
 * same rows: all differences that a score test of that difference does not reject. It holds its level where few rows
 * differ, and has a width even when none does. It excludes zero where McNemar's test without continuity correction rejects.
 *
 * @param onlyBase rows that only the base gets right
 * @param onlyHead rows that only the head gets right
 * @param rows all rows
 * Undefined without rows, or when the counts are none or exceed the rows. Cost: constant.
 *
 * @example tangoInterval(12, 2, 58).value; // { difference: -0.1724137931034483, low: -0.3016064477296033, high: -0.05289639674866127, level: 0.95 }
 */
export function tangoInterval(
  onlyBase: number,
  onlyHead: number,
  rows: number,
  { level = 0.95 }: { readonly level?: number } = {},
): Statistic<TangoInterval> {
  const counts = [onlyBase, onlyHead, rows].every((count) => Number.isSafeInteger(count) && count >= 0);
  if (!counts || onlyBase + onlyHead > rows) {
    return undefinedBecause(`the rows are counts, not ${onlyBase} and ${onlyHead} of ${rows}`);
  }
  const problem = levelProblem(level) ?? (rows > 0 ? null : "there are no rows");
  if (problem !== null) return undefinedBecause(problem);
  const reach = normalQuantile((1 + level) / 2);
  const difference = (onlyHead - onlyBase) / rows;
  const score = (assumed: number) => scoreOf(assumed, onlyBase, onlyHead, rows);
  const low = difference <= -1 ? -1 : whereFallsTo(reach, score, -1, difference);
  const high = difference >= 1 ? 1 : whereFallsTo(-reach, score, difference, 1);
  return defined({ difference, low, high, level });
}

/** The score statistic of an assumed difference, with the share of rows that only the base gets right at its likeliest. */
function scoreOf(assumed: number, onlyBase: number, onlyHead: number, rows: number): number {
  const a = 2 * rows;
  const b = -onlyBase - onlyHead + (2 * rows - onlyHead + onlyBase) * assumed;
  const c = -onlyBase * assumed * (1 - assumed);
  const share = (Math.sqrt(Math.max(0, b * b - 4 * a * c)) - b) / (2 * a);
  const variance = rows * (2 * share + assumed * (1 - assumed));
  const distance = onlyHead - onlyBase - rows * assumed;
  if (variance <= 0) return distance === 0 ? 0 : Math.sign(distance) * Number.POSITIVE_INFINITY;
  return distance / Math.sqrt(variance);
}

/** Where a falling function passes a value, by bisection. */
function whereFallsTo(value: number, falling: (x: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (falling(middle) > value) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
