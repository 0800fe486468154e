import type { RowPairs } from "./row-pairs.ts";

/**
 * The positions of the same rows in two hold-outs, in the order of the base's.
 *
 * @param pairs rows of two tables that are the same row
 * @param base zero-based rows of the base's table, in the order of its hold-out; likewise the head's
 */
export function pairHoldouts(pairs: RowPairs, base: readonly number[], head: readonly number[]): RowPairs {
  const places = new Map(head.map((row, at) => [row, at]));
  const partner = new Map<number, number>();
  for (const [at, row] of pairs.head.entries()) {
    const place = places.get(row);
    if (place !== undefined) partner.set(pairs.base[at]!, place);
  }
  const positions = base.flatMap((row, at) => (partner.has(row) ? [at] : []));
  return {
    base: Int32Array.from(positions),
    head: Int32Array.from(positions, (at) => partner.get(base[at]!)!),
  };
}
