import type { RowPairs } from "./row-pairs.ts";

/** One after the other. */
export function joinPairs(one: RowPairs, other: RowPairs): RowPairs {
  const join = (first: Int32Array, second: Int32Array) => {
    const all = new Int32Array(first.length + second.length);
    all.set(first);
    all.set(second, first.length);
    return all;
  };
  return { base: join(one.base, other.base), head: join(one.head, other.head) };
}
