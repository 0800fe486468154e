import { gammaln } from "simple-statistics";
import { normalQuantile, normalTwoSided } from "./normal-distribution.ts";

/** Beyond this many degrees of freedom Student's distribution is the normal one to six digits. */
const almostNormal = 1e6;

/**
 * P(|T| ≥ |t|) for Student's distribution: the two-sided p-value of a t statistic, I(ν / (ν + t²); ν/2, ½) by Lentz's
 * continued fraction of the incomplete beta function (Numerical Recipes §6.4). Cost: O(√ν) terms.
 * Throws a RangeError for NaN or unless the degrees of freedom ν > 0; ±∞ give 0.
 *
 * @example studentTwoSided(2.262157162798205, 9); // 0.05
 */
export function studentTwoSided(t: number, freedom: number): number {
  if (Number.isNaN(t) || !(freedom > 0)) throw new RangeError(`needs a number and ν > 0, not ${t} and ν = ${freedom}`);
  if (freedom > almostNormal) return normalTwoSided(t);
  const square = t * t;
  if (square === Number.POSITIVE_INFINITY) return 0;
  if (square === 0) return 1;
  const inside = freedom / (freedom + square);
  const front = Math.exp(
    gammaln((freedom + 1) / 2) -
      gammaln(freedom / 2) -
      gammaln(0.5) +
      (freedom / 2) * Math.log(inside) +
      0.5 * Math.log(square / (freedom + square)),
  );
  // the fraction converges fast on one side of the distribution's mode
  const tail =
    inside < (freedom / 2 + 1) / (freedom / 2 + 2.5)
      ? (front * betaFraction(freedom / 2, 0.5, inside)) / (freedom / 2)
      : 1 - (front * betaFraction(0.5, freedom / 2, square / (freedom + square))) / 0.5;
  return Math.min(1, Math.max(0, tail));
}

/**
 * How many standard errors an interval of this level reaches to either side: the t with P(|T| ≤ t) = level.
 * Throws a RangeError unless the level lies in (0, 1) and the degrees of freedom ν > 0.
 *
 * @example studentReach(0.95, 9); // 2.262157162798205
 */
export function studentReach(level: number, freedom: number): number {
  if (!(level > 0 && level < 1 && freedom > 0)) {
    throw new RangeError(`needs a level in (0, 1) and ν > 0, not ${level} and ν = ${freedom}`);
  }
  const outside = 1 - level;
  let low = normalQuantile(1 - outside / 2);
  if (freedom > almostNormal) return low;
  let high = 2 * low;
  while (studentTwoSided(high, freedom) > outside) high *= 2;
  for (let step = 0; step < 100 && high - low > 1e-14 * high; step++) {
    const middle = (low + high) / 2;
    if (studentTwoSided(middle, freedom) > outside) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function betaFraction(a: number, b: number, x: number): number {
  const tiny = 1e-300;
  const apart = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / apart(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / apart(1 + even * d);
    c = apart(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / apart(1 + odd * d);
    c = apart(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return fraction;
}
