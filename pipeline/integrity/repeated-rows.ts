import type { RowGroups } from "../match/group-rows.ts";
import { formatCount, percent } from "../words.ts";
import type { ExaminedSide, Measured } from "./examined-side.ts";
import { chanceOfEqualRows, leastExcess, type RowIdentity } from "./row-identity.ts";

/**
 * Rows that repeat an earlier row: they count several times in training and in every metric. `value` is their share,
 * less the share that rows of so few values would show by chance.
 */
export function repeatedRows(side: ExaminedSide, identity: RowIdentity | null): Measured[] {
  const rows = side.table.rowCount;
  if (identity === null || rows === 0) return [];
  const distinct = identity.same.count;
  if (distinct === rows) return [];
  const share = (rows - distinct) / rows;
  const chance = chanceOfRepeats(chanceOfEqualRows(identity), rows);
  const value = share - chance;
  if (value < leastExcess) return [];
  return [
    {
      kind: "repeated-rows",
      column: null,
      value,
      evidence: { rows, distinct, share, chance },
      description: `${formatCount(rows - distinct)} of ${formatCount(rows)} rows (${percent(share)}) repeat another one`,
      rows: { of: side, numbers: copies(identity.same) },
    },
  ];
}

/** All rows of which there are several: which of them is the copy only their order in the file says. */
function copies({ groups, count }: RowGroups): Int32Array {
  const sizes = new Int32Array(count);
  for (const group of groups) sizes[group]!++;
  return Int32Array.from(groups.keys()).filter((row) => sizes[groups[row]!]! > 1);
}

/** Mean over i = 0 … rows − 1 of the probability that row i equals one of the i rows before it. */
function chanceOfRepeats(equal: number, rows: number): number {
  return equal === 0 ? 0 : Math.max(0, 1 - (1 - (1 - equal) ** rows) / (rows * equal));
}
