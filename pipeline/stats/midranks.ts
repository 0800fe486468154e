import { ascendingOrder } from "./radix-sort.ts";

/**
 * Ranks from 1, tied values share the mean of their ranks. Cost: O(n log n). Values must not be NaN.
 *
 * @example midranks([10, 20, 10]); // [1.5, 3, 1.5]
 */
export function midranks(values: ArrayLike<number>): Float64Array {
  const n = values.length;
  const keys = Float64Array.from(values);
  const order = ascendingOrder(keys);
  const ranks = new Float64Array(n);
  for (let from = 0, to = 0; from < n; from = to) {
    while (to < n && keys[order[to]!] === keys[order[from]!]) to++;
    for (let rank = from; rank < to; rank++) ranks[order[rank]!] = (from + to + 1) / 2;
  }
  return ranks;
}
