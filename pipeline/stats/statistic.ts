/**
 * The answer of every statistic in this folder: a value, or the reason why there is none.
 *
 * A statistic is total: empty, single-point, constant, all-missing and non-finite data have a defined answer, and
 * NaN is never one. What data can cause is answered with a reason; only a caller's own mistake (a negative number of
 * degrees of freedom, a generator asked for an integer below zero) throws a RangeError.
 *
 * @example
 * const answer = rocAuc([0.1, 0.9], [1, 1]);
 * answer.value === null && answer.reason; // 'every row belongs to the class that is ranked'
 */
export type Statistic<T = number> = { readonly value: T } | { readonly value: null; readonly reason: string };

/** Wraps a value that exists. */
export function defined<T>(value: T): Statistic<T> {
  return { value };
}

/** States why a value does not exist; the reason is a clause that can follow "undefined: ". */
export function undefinedBecause(reason: string): { readonly value: null; readonly reason: string } {
  return { value: null, reason };
}

/** A reason when a confidence level is not strictly between 0 and 1, otherwise null. */
export function levelProblem(level: number): string | null {
  return level > 0 && level < 1 ? null : `the level must lie between 0 and 1, not ${level}`;
}
