/** Positions of the same row in the hold-outs of both sides, ordered by key, so that file order changes nothing. */
export interface RowPairs {
  base: Int32Array;
  head: Int32Array;
}

/**
 * Pairs the hold-out rows of both sides by `<row key>#<occurrence>`. Rows on one side only are left out.
 * Cost: O(n log n).
 *
 * @example pairRows(["a#0", "b#0"], ["b#0", "c#0"]); // base [1], head [0]
 */
export function pairRows(baseKeys: readonly string[], headKeys: readonly string[]): RowPairs {
  const places = new Map(baseKeys.map((key, position) => [key, position]));
  const pairs: { key: string; base: number; head: number }[] = [];
  for (const [head, key] of headKeys.entries()) {
    const base = places.get(key);
    if (base === undefined) continue;
    places.delete(key);
    pairs.push({ key, base, head });
  }
  pairs.sort((left, right) => (left.key < right.key ? -1 : 1));
  return { base: Int32Array.from(pairs, ({ base }) => base), head: Int32Array.from(pairs, ({ head }) => head) };
}
