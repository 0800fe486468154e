import { rowKeys } from "../data/row-keys.ts";
import type { Column } from "../data/table.ts";
import { percent } from "../drift/describe-drift.ts";
import type { ExaminedSide } from "./examined-side.ts";
import type { Measured } from "./integrity-report.ts";

/** As few lost labels as these, in less than this share of the base's labels, may be a correction. */
const mostRows = 2;
const mostShare = 0.005;

/**
 * Rows that have a label in the base and none in the head. They are dropped from training and hold-out, so no other
 * number shows them. A row is the same when it has the same key, or else the same features: rows that were added without
 * a label lost none. Reported from three rows on, or from more than 0.5 % of the base's labels. `value` is that share.
 *
 * Cost: O(rows) when every row of the head has a label, else O(cells).
 *
 * @param baseColumn the base's column that the head calls so, or null
 */
export function labelsLost(
  head: ExaminedSide,
  base: ExaminedSide,
  baseColumn: (name: string) => Column | null,
): Measured[] {
  const labelled = base.labels.length - countMissing(base);
  if (labelled === 0 || countMissing(head) === 0) return [];
  const [after, before] = identifyingColumns(head, baseColumn);
  if (after.length === 0) return [];
  const rows = countByKey(base, before);
  const now = countByKey(head, after);
  let lost = 0;
  for (const [key, { missing, known }] of now) {
    const then = rows.get(key);
    if (then !== undefined) lost += Math.max(0, Math.min(missing - then.missing, then.known - known));
  }
  const share = lost / labelled;
  if (lost <= mostRows && share <= mostShare) return [];
  const many = lost === 1 ? "1 row" : `${lost} rows`;
  return [
    {
      kind: "labels-lost",
      column: head.target,
      value: share,
      evidence: { rows: lost, share },
      description: `${many} with a label in the base (${percent(share)}) ${lost === 1 ? "has" : "have"} none in the head`,
    },
  ];
}

/** What names a row on both sides, under the head's names: the key, else the features of one type. */
function identifyingColumns(
  { table, features, key }: ExaminedSide,
  baseColumn: (name: string) => Column | null,
): [head: Column[], base: Column[]] {
  const shared = (columns: readonly Column[]) =>
    columns.flatMap((column): [Column, Column][] => {
      const other = baseColumn(column.name);
      return other === null || other.type !== column.type ? [] : [[column, { ...other, name: column.name }]];
    });
  const named = shared(table.columns.filter(({ name }) => name === key));
  const pairs = named.length > 0 ? named : shared(features);
  return [pairs.map(([after]) => after), pairs.map(([, before]) => before)];
}

interface Labels {
  missing: number;
  known: number;
}

function countByKey(side: ExaminedSide, columns: readonly Column[]): Map<string, Labels> {
  const counts = new Map<string, Labels>();
  for (const [row, key] of rowKeys(side.table.rowCount, columns).entries()) {
    const count = counts.get(key) ?? { missing: 0, known: 0 };
    if (hasNoLabel(side, row)) count.missing++;
    else count.known++;
    counts.set(key, count);
  }
  return counts;
}

function countMissing(side: ExaminedSide): number {
  let count = 0;
  for (let row = 0; row < side.labels.length; row++) if (hasNoLabel(side, row)) count++;
  return count;
}

function hasNoLabel({ task, labels }: ExaminedSide, row: number): boolean {
  return task === "regression" ? Number.isNaN(labels[row]) : labels[row]! < 0;
}
