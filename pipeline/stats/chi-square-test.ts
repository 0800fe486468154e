import { chiSquareSurvival } from "./chi-square-distribution.ts";
import { checkCounts } from "./count-pair.ts";
import { defined, type Statistic } from "./statistic.ts";

export interface ChiSquareTest {
  readonly statistic: number;
  readonly dof: number;
  readonly pValue: number;
  /** smallest expected count; below 5 the p-value is rough */
  readonly smallestExpected: number;
}

/**
 * Pearson's χ² test of homogeneity on a 2 × k table: did both sides draw from the same categories?
 *
 * Categories absent from both sides are left out. With one category left nothing can differ: statistic 0, dof 0, p 1.
 * `yates` moves every observed count of a 2 × 2 table by up to ½ toward its expectation, scipy's default.
 * Equals `scipy.stats.chi2_contingency([reference, current], correction=yates)`. Cost: O(k).
 * Undefined when a side is empty or a count is negative, infinite or missing.
 *
 * @example
 * chiSquareTest([30, 20], [50, 50]).value;
 * // { statistic: 1.3392857142857142, dof: 1, pValue: 0.2471638…, smallestExpected: 23.33… }
 */
export function chiSquareTest(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  { yates = false }: { readonly yates?: boolean } = {},
): Statistic<ChiSquareTest> {
  const checked = checkCounts(reference, current);
  if (checked.value === null) return checked;
  const { referenceTotal, currentTotal } = checked.value;
  const total = referenceTotal + currentTotal;
  let present = 0;
  for (let i = 0; i < reference.length; i++) present += reference[i]! + current[i]! > 0 ? 1 : 0;
  const shift = yates && present === 2 ? 0.5 : 0;
  let statistic = 0;
  let smallestExpected = Number.POSITIVE_INFINITY;
  for (let i = 0; i < reference.length; i++) {
    const column = reference[i]! + current[i]!;
    if (column === 0) continue;
    const expectedReference = (column * referenceTotal) / total;
    const expectedCurrent = (column * currentTotal) / total;
    statistic += contribution(reference[i]!, expectedReference, shift);
    statistic += contribution(current[i]!, expectedCurrent, shift);
    smallestExpected = Math.min(smallestExpected, expectedReference, expectedCurrent);
  }
  const dof = present - 1;
  return defined({ statistic, dof, pValue: dof === 0 ? 1 : chiSquareSurvival(statistic, dof), smallestExpected });
}

function contribution(observed: number, expected: number, shift: number): number {
  const gap = Math.max(0, Math.abs(observed - expected) - shift);
  return gap === 0 ? 0 : gap ** 2 / expected;
}
