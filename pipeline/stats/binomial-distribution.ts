import { gammaln } from "simple-statistics";

/**
 * P(X ≤ k) and P(X = k) for X successes in n fair coin flips. The sum runs down from k and stops when terms vanish.
 * Cost: O(√n) terms. Throws a RangeError unless 0 ≤ k ≤ n are integers.
 *
 * @example fairCoin(2, 10); // { atMost: 0.0546875, exactly: 0.0439453125 }
 */
export function fairCoin(k: number, n: number): { atMost: number; exactly: number } {
  if (!(Number.isInteger(k) && Number.isInteger(n) && k >= 0 && k <= n)) {
    throw new RangeError(`a binomial count needs integers 0 <= k <= n, not k = ${k}, n = ${n}`);
  }
  const exactly = Math.exp(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1) - n * Math.LN2);
  let atMost = exactly;
  let term = exactly;
  for (let j = k; j > 0; j--) {
    term *= j / (n - j + 1);
    atMost += term;
    if (term < atMost * 1e-17) break;
  }
  return { atMost: Math.min(1, atMost), exactly };
}
