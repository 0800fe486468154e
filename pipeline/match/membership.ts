import type { Match } from "./match.ts";

/** Which rows of the head are held out when every row that the base has as well keeps its side. */
export interface Membership {
  /** Zero-based rows of the head whose partner the base holds out, and those whose partner it trains on. */
  heldOut: Int32Array;
  trained: Int32Array;
}

/**
 * Gives the base's membership in the hold-out to the head: a row that has a partner keeps its side, also when only its
 * target changed. Rows of the head alone are in neither list; the head's own split decides about them.
 *
 * @param base zero-based rows that the base holds out, and those that it can't use (their target is missing)
 */
export function holdoutOfBase(
  { rows, relabelled }: Pick<Match, "rows" | "relabelled">,
  base: { heldOut: Iterable<number>; unused?: Iterable<number> },
): Membership {
  const heldOut = new Set(base.heldOut);
  const unused = new Set(base.unused ?? []);
  const partner = new Map<number, number>();
  for (const pairs of [relabelled, rows]) {
    for (const [at, row] of pairs.head.entries()) partner.set(row, pairs.base[at]!);
  }
  const placed = [...partner].filter(([, before]) => !unused.has(before)).sort(([one], [other]) => one - other);
  const select = (held: boolean) =>
    Int32Array.from(placed.flatMap(([row, before]) => (heldOut.has(before) === held ? [row] : [])));
  return { heldOut: select(true), trained: select(false) };
}
