import type { Match } from "./match.ts";

/** Which rows of the head are rows of the base's hold-out, and which of its rows no model may learn from. */
export interface Membership {
  /** Per position in the base's hold-out: the zero-based row of the head that is the same one; −1 where there is none. */
  partners: Int32Array;
  /** Zero-based rows of the head that are held out. */
  heldOut: ReadonlySet<number>;
}

/**
 * Gives the base's membership in the hold-out to the head: a row that has a partner keeps its side, also when only its
 * target changed.
 *
 * @param rows number of rows of the head
 * @param base zero-based rows that the base holds out, in its order, and those that it can't use (their target is missing)
 * @param holdsOut what becomes of a row that the base does not have, or could not use
 */
export function holdoutOfBase(
  { rows: same, relabelled }: Pick<Match, "rows" | "relabelled">,
  rows: number,
  base: { heldOut: readonly number[]; unused: ReadonlySet<number> },
  holdsOut: (row: number) => boolean,
): Membership {
  const positions = new Map(base.heldOut.map((row, position) => [row, position]));
  const partners = new Int32Array(base.heldOut.length).fill(-1);
  const heldOut = new Set<number>();
  const placed = new Uint8Array(rows);
  // a row of the same name wins over one that was found again without its target
  for (const pairs of [same, relabelled]) {
    for (const [at, row] of pairs.head.entries()) {
      const before = pairs.base[at]!;
      if (placed[row] === 1 || base.unused.has(before)) continue;
      placed[row] = 1;
      const position = positions.get(before);
      if (position === undefined) continue;
      partners[position] = row;
      heldOut.add(row);
    }
  }
  for (let row = 0; row < rows; row++) if (placed[row] === 0 && holdsOut(row)) heldOut.add(row);
  return { partners, heldOut };
}
