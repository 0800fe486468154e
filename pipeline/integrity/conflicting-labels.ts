import { rowKeys } from "../data/row-keys.ts";
import { percent } from "../drift/describe-drift.ts";
import type { ExaminedSide } from "./examined-side.ts";
import type { Measured } from "./integrity-report.ts";

const mixed = -2;

/**
 * Rows with the same features and different classes: no model can get all of them right. `value` is the share of rows
 * whose features occur with more than one class. Cost: O(cells).
 */
export function conflictingLabels({ table, features, labels, classes, train, holdout }: ExaminedSide): Measured[] {
  const rows = train.length + holdout.length;
  if (classes.length < 2 || rows === 0) return [];
  const keys = rowKeys(table.rowCount, features);
  const labelOf = new Map<string, number>();
  for (const side of [train, holdout]) {
    for (const row of side) {
      const key = keys[row]!;
      const known = labelOf.get(key);
      if (known === undefined) labelOf.set(key, labels[row]!);
      else if (known !== labels[row]) labelOf.set(key, mixed);
    }
  }
  let count = 0;
  for (const side of [train, holdout]) for (const row of side) if (labelOf.get(keys[row]!) === mixed) count++;
  if (count === 0) return [];
  const share = count / rows;
  return [
    {
      kind: "conflicting-labels",
      column: null,
      value: share,
      evidence: { conflicting: count, rows, share },
      description: `${count} of ${rows} rows (${percent(share)}) have the features of a row of another class`,
    },
  ];
}
