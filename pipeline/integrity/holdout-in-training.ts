import { groupRows, type RowGroups } from "../match/group-rows.ts";
import { formatCount, percent, quoteSome } from "../words.ts";
import type { ExaminedSide, Measured } from "./examined-side.ts";
import { chanceOfEqualRows, leastExcess, type RowIdentity } from "./row-identity.ts";

/**
 * Hold-out rows that are also in training: the model is examined on what it has seen. Rows are compared without their
 * key and without columns that look like identifiers; `exact` counts those that are equal with them, too.
 *
 * `value` is the share of hold-out rows, less the share that rows of so few values would show by chance. When the rows
 * are keyed by their content, exact copies are on one side of the split anyway.
 */
export function holdoutInTraining(side: ExaminedSide, identity: RowIdentity | null): Measured[] {
  const { table, train, holdout } = side;
  if (identity === null || holdout.length === 0) return [];
  const numbers = findCopies(identity.same, train, holdout);
  const copies = numbers.length;
  if (copies === 0) return [];
  const all =
    identity.ignored.length === 0
      ? identity.same
      : groupRows(
          table,
          table.columns.map(({ name }) => name),
        );
  const exact = findCopies(all, train, holdout).length;
  const share = copies / holdout.length;
  const chance = 1 - (1 - chanceOfEqualRows(identity)) ** train.length;
  const value = share - chance;
  if (value < leastExcess) return [];
  const without = identity.ignored.length === 0 ? "" : `, leaving ${quoteSome(identity.ignored)} aside`;
  return [
    {
      kind: "holdout-in-training",
      column: null,
      value,
      evidence: { copies, exact, holdout: holdout.length, share, chance },
      description: `${formatCount(copies)} of ${formatCount(holdout.length)} hold-out rows (${percent(share)}) are in training too${without}`,
      rows: { of: side, numbers },
    },
  ];
}

/**
 * Hold-out rows that are not in training. Only these can show what a single feature knows: a copy is recognized by any
 * value that is rare enough.
 */
export function unseenRows({ train, holdout }: ExaminedSide, identity: RowIdentity | null): Int32Array {
  if (identity === null) return holdout;
  const { groups } = identity.same;
  const trained = markGroups(identity.same, train);
  return holdout.filter((row) => trained[groups[row]!] === 0);
}

function findCopies(rows: RowGroups, train: Int32Array, holdout: Int32Array): Int32Array {
  const trained = markGroups(rows, train);
  return holdout.filter((row) => trained[rows.groups[row]!] === 1);
}

function markGroups({ groups, count }: RowGroups, rows: Int32Array): Uint8Array {
  const marked = new Uint8Array(count);
  for (const row of rows) marked[groups[row]!] = 1;
  return marked;
}
