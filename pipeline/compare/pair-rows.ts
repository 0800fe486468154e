/** Positions of the same row in the hold-outs of both sides, ordered by key, so that file order changes nothing. */
export interface RowPairs {
  base: Int32Array;
  head: Int32Array;
}

/**
 * Pairs the hold-out rows of both sides by `<row key>#<occurrence>`. Rows on one side only are left out.
 * Cost: O(n log n), O(n) for keys that ascend, as those of a run do.
 *
 * @example pairRows(["a#0", "b#0"], ["b#0", "c#0"]); // base [1], head [0]
 */
export function pairRows(baseKeys: readonly string[], headKeys: readonly string[]): RowPairs {
  if (ascends(baseKeys) && ascends(headKeys)) return mergePairs(baseKeys, headKeys);
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

function ascends(keys: readonly string[]): boolean {
  for (let i = 1; i < keys.length; i++) if (!(keys[i - 1]! < keys[i]!)) return false;
  return true;
}

function mergePairs(baseKeys: readonly string[], headKeys: readonly string[]): RowPairs {
  const most = Math.min(baseKeys.length, headKeys.length);
  const pairs: RowPairs = { base: new Int32Array(most), head: new Int32Array(most) };
  let count = 0;
  for (let i = 0, j = 0; i < baseKeys.length && j < headKeys.length; ) {
    const [left, right] = [baseKeys[i]!, headKeys[j]!];
    if (left === right) {
      pairs.base[count] = i;
      pairs.head[count++] = j;
    }
    if (left <= right) i++;
    if (right <= left) j++;
  }
  return { base: pairs.base.slice(0, count), head: pairs.head.slice(0, count) };
}
