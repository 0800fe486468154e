import { chiSquareTest } from "./chi-square-test.ts";
import { defined, type Statistic, undefinedBecause } from "./statistic.ts";

/**
 * Bias-corrected Cramér's V of a 2 × k table, in [0, 1] (Bergsma 2013): the strength of the association between the
 * side and the category, about 0 when both sides draw alike, whatever the number of rows and categories.
 *
 * φ² = max(0, χ²/n − (k−1)/(n−1)), divided by the smaller of the corrected dimensions less one.
 * One category gives 0. Cost: O(k). Undefined when a side is empty, a count is negative, infinite or missing, or fewer than 3 rows exist.
 *
 * @example cramersV([30, 20], [10, 40]); // { value: 0.3976974544878587 }
 */
export function cramersV(reference: ArrayLike<number>, current: ArrayLike<number>): Statistic {
  const test = chiSquareTest(reference, current);
  if (test.value === null) return test;
  let rows = 0;
  for (let i = 0; i < reference.length; i++) rows += reference[i]! + current[i]!;
  if (rows < 3) return undefinedBecause("needs at least 3 rows");
  const { statistic, dof } = test.value;
  if (dof === 0) return defined(0);
  const association = Math.max(0, statistic / rows - dof / (rows - 1));
  const sides = 2 - 1 / (rows - 1);
  const categories = dof + 1 - dof ** 2 / (rows - 1);
  const smaller = Math.min(sides, categories) - 1;
  if (smaller <= 0) return undefinedBecause("there are as many categories as rows");
  return defined(Math.min(1, Math.sqrt(association / smaller)));
}
