import type { Random } from "./random.ts";
import { defined, type Statistic, undefinedBecause } from "./statistic.ts";

export interface PermutationTest {
  /** mean of head − base */
  readonly difference: number;
  /** two-sided */
  readonly pValue: number;
  readonly method: "exact" | "random";
  /** sign assignments looked at */
  readonly permutations: number;
}

/** Up to this many differing rows every sign assignment is enumerated (65,536). */
const MOST_EXACT = 16;

/**
 * Paired permutation test of a mean difference, for instance of two models' losses on the same rows: under the null each
 * row's difference may as well have the other sign (Fisher 1935). The p-value is the share of sign assignments whose
 * absolute mean reaches the observed one; a random test counts the observed assignment too, so p is never 0.
 * Without any differing row p is 1. Cost: O(permutations · differing rows).
 * Undefined without rows, when lengths differ, or when a value is not finite.
 *
 * @example pairedPermutationTest([1, 2, 3], [2, 4, 6], createRandom(1)).value;
 * // { difference: 2, pValue: 0.25, method: 'exact', permutations: 8 }
 */
export function pairedPermutationTest(
  base: ArrayLike<number>,
  head: ArrayLike<number>,
  rng: Random,
  permutations = 2000,
): Statistic<PermutationTest> {
  if (!(Number.isInteger(permutations) && permutations > 0)) {
    throw new RangeError(`the number of permutations is a positive integer, not ${permutations}`);
  }
  if (base.length !== head.length) return undefinedBecause(`there are ${base.length} and ${head.length} values`);
  if (base.length === 0) return undefinedBecause("there are no rows");
  const all = Float64Array.from(base, (value, i) => head[i]! - value);
  if (!all.every(Number.isFinite)) return undefinedBecause("a difference is not finite");
  const differences = all.filter((value) => value !== 0);
  const observed = sumOf(differences);
  const scale = differences.reduce((sum, value) => sum + Math.abs(value), 0);
  // assignments that tie with the observed one may differ from it in the last bits
  const reached = Math.abs(observed) - 1e-12 * scale;
  const difference = observed / all.length;
  if (differences.length <= MOST_EXACT) {
    const assignments = 2 ** differences.length;
    let extreme = 0;
    for (let signs = 0; signs < assignments; signs++) {
      if (Math.abs(signedSum(differences, () => signs)) >= reached) extreme++;
    }
    return defined({ difference, pValue: extreme / assignments, method: "exact", permutations: assignments });
  }
  let extreme = 1;
  for (let round = 0; round < permutations; round++) {
    if (Math.abs(signedSum(differences, rng.uint32)) >= reached) extreme++;
  }
  return defined({ difference, pValue: extreme / (permutations + 1), method: "random", permutations });
}

/** The sum with the signs of 32 values at a time taken from one word. */
function signedSum(values: Float64Array, nextWord: () => number): number {
  let sum = 0;
  let word = 0;
  for (let i = 0; i < values.length; i++) {
    if (i % 32 === 0) word = nextWord();
    // times 1 or −1: which sign comes next cannot be predicted, so a branch would take longer
    sum += values[i]! * (((word & 1) << 1) - 1);
    word >>>= 1;
  }
  return sum;
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
