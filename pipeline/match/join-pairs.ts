import { ascendingOrder } from "../stats/radix-sort.ts";
import type { RowPairs } from "./row-pairs.ts";

/** The pairs of both, in the order of the head. */
export function joinPairs(one: RowPairs, other: RowPairs): RowPairs {
  const base = Int32Array.from([...one.base, ...other.base]);
  const head = Int32Array.from([...one.head, ...other.head]);
  const order = ascendingOrder(Float64Array.from(head));
  return { base: Int32Array.from(order, (at) => base[at]!), head: Int32Array.from(order, (at) => head[at]!) };
}
