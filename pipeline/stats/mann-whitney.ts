import { midranks } from "./midranks.ts";
import { normalTwoSided } from "./normal-distribution.ts";
import { defined, type Statistic, undefinedBecause } from "./statistic.ts";

export interface MannWhitney {
  /** U of the current side: pairs in which the current value is larger, ties counting half */
  readonly statistic: number;
  /** U / (n1·n2): the probability that a current value exceeds a reference value; ½ means no shift */
  readonly probability: number;
  readonly pValue: number;
  readonly method: "exact" | "asymptotic";
}

const SMALL = 8;
const MOST_PAIRS = 20_000;

/**
 * Mann–Whitney U test, two-sided: do values of one side tend to be larger?
 *
 * Exact without ties when a side has at most 8 values and there are at most 20,000 pairs; otherwise the normal
 * approximation with tie and continuity corrections, as `scipy.stats.mannwhitneyu(current, reference, method="auto")`.
 * Values that are all equal give ½ and p 1. Blind to changes that keep the ranks balanced, such as a wider spread.
 * Cost: O(n log n). NaN counts as missing and is left out. Undefined when a side is empty.
 *
 * @example mannWhitney([1, 2, 3], [4, 5, 6, 7]).value;
 * // { statistic: 12, probability: 1, pValue: 0.05714285714285714, method: 'exact' }
 */
export function mannWhitney(reference: ArrayLike<number>, current: ArrayLike<number>): Statistic<MannWhitney> {
  const left = Float64Array.from(reference).filter((value) => !Number.isNaN(value));
  const right = Float64Array.from(current).filter((value) => !Number.isNaN(value));
  const n1 = left.length;
  const n2 = right.length;
  if (n1 === 0) return undefinedBecause("the reference has no values");
  if (n2 === 0) return undefinedBecause("the current side has no values");
  const both = new Float64Array(n1 + n2);
  both.set(left);
  both.set(right, n1);
  const ranks = midranks(both);
  let rankSum = 0;
  for (let i = n1; i < both.length; i++) rankSum += ranks[i]!;
  const statistic = rankSum - (n2 * (n2 + 1)) / 2;
  const probability = statistic / (n1 * n2);
  const ties = tieSum(ranks.sort());
  if (ties === 0 && Math.min(n1, n2) <= SMALL && n1 * n2 <= MOST_PAIRS) {
    const tail = upperTail(n1, n2, Math.max(statistic, n1 * n2 - statistic));
    return defined({ statistic, probability, pValue: Math.min(1, 2 * tail), method: "exact" });
  }
  const total = n1 + n2;
  const variance = ((n1 * n2) / 12) * (total + 1 - ties / (total * (total - 1)));
  const gap = Math.max(0, Math.abs(statistic - (n1 * n2) / 2) - 0.5);
  const pValue = variance > 0 ? normalTwoSided(gap / Math.sqrt(variance)) : 1;
  return defined({ statistic, probability, pValue, method: "asymptotic" });
}

/** Σ (t³ − t) over groups of t tied ranks. */
function tieSum(sortedRanks: Float64Array): number {
  let sum = 0;
  for (let from = 0, to = 0; from < sortedRanks.length; from = to) {
    while (to < sortedRanks.length && sortedRanks[to] === sortedRanks[from]) to++;
    sum += (to - from) ** 3 - (to - from);
  }
  return sum;
}

/**
 * P(U ≥ u) without ties: the Gaussian binomial [n1+n2 choose n1] counts orders by U; built by multiplying and dividing
 * by (1 − xᵏ), scaled to probabilities as it goes.
 */
function upperTail(n1: number, n2: number, u: number): number {
  const few = Math.min(n1, n2);
  const many = Math.max(n1, n2);
  const top = n1 * n2;
  let share = new Float64Array(top + 1);
  share[0] = 1;
  for (let k = 1; k <= few; k++) {
    const next = new Float64Array(top + 1);
    for (let i = 0; i <= k * many; i++) {
      const before = i - (many + k) >= 0 ? share[i - (many + k)]! : 0;
      const kept = i - k >= 0 ? next[i - k]! : 0;
      next[i] = kept + (share[i]! - before) * (k / (many + k));
    }
    share = next;
  }
  let tail = 0;
  for (let i = Math.ceil(u); i <= top; i++) tail += share[i]!;
  return tail;
}
