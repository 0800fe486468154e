/**
 * How often each value occurs, in order of first appearance. Cost: O(n).
 *
 * @example [...countEach([3, 1, 3])]; // [[3, 2], [1, 1]]
 */
export function countEach<T>(values: Iterable<T>): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
