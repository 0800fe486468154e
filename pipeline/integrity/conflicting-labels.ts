import { groupRows } from "../match/group-rows.ts";
import { formatCount, percent } from "../words.ts";
import type { ExaminedSide, Measured } from "./examined-side.ts";

const unmet = -1;
const mixed = -2;

/**
 * Rows with the same features and different classes: no model can get all of them right. `value` is the share of rows
 * whose features occur with more than one class. Cost: O(cells).
 */
export function conflictingLabels(side: ExaminedSide): Measured[] {
  const { table, features, labels, classes, train, holdout } = side;
  const rows = train.length + holdout.length;
  if (classes.length < 2 || rows === 0) return [];
  const same = groupRows(
    table,
    features.map(({ name }) => name),
  );
  const labelOf = new Int32Array(same.count).fill(unmet);
  for (const part of [train, holdout]) {
    for (const row of part) {
      const group = same.groups[row]!;
      if (labelOf[group] === unmet) labelOf[group] = labels[row]!;
      else if (labelOf[group] !== labels[row]) labelOf[group] = mixed;
    }
  }
  const isMixed = (row: number) => labelOf[same.groups[row]!] === mixed;
  const numbers = Int32Array.from([...train.filter(isMixed), ...holdout.filter(isMixed)]);
  const count = numbers.length;
  if (count === 0) return [];
  const share = count / rows;
  return [
    {
      kind: "conflicting-labels",
      column: null,
      value: share,
      evidence: { conflicting: count, rows, share },
      description: `${formatCount(count)} of ${formatCount(rows)} rows (${percent(share)}) have the features of a row of another class`,
      rows: { of: side, numbers },
    },
  ];
}
