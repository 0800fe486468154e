/** How often each category occurs on two sides: the rows of the 2 × k table of a categorical column. */
export interface CategoryCounts {
  /** union of both sides in order of first appearance; null is "missing", a category of its own */
  readonly categories: readonly (string | null)[];
  readonly reference: Float64Array;
  readonly current: Float64Array;
}

/**
 * Counts the categories of two columns over their union. Cost: O(n).
 *
 * @example
 * categoryCounts(['a', 'b', 'a'], ['a', null]);
 * // { categories: ['a', 'b', null], reference: [2, 1, 0], current: [1, 0, 1] }
 */
export function categoryCounts(reference: Iterable<string | null>, current: Iterable<string | null>): CategoryCounts {
  const places = new Map<string | null, number>();
  const counts: [number[], number[]] = [[], []];
  for (const [side, values] of [reference, current].entries()) {
    for (const value of values) {
      let place = places.get(value);
      if (place === undefined) {
        place = places.size;
        places.set(value, place);
        counts[0].push(0);
        counts[1].push(0);
      }
      counts[side as 0 | 1][place]! += 1;
    }
  }
  return {
    categories: [...places.keys()],
    reference: Float64Array.from(counts[0]),
    current: Float64Array.from(counts[1]),
  };
}
