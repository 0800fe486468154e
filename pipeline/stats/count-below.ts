/**
 * How many ascending values are below `value`. Cost: O(log n). Values must not be NaN.
 *
 * @example countBelow(Float64Array.of(1, 2, 2, 5), 2); // 1
 */
export function countBelow(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * How many ascending values are at most `value`. Cost: O(log n). Values must not be NaN.
 *
 * @example countAtMost(Float64Array.of(1, 2, 2, 5), 2); // 3
 */
export function countAtMost(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
