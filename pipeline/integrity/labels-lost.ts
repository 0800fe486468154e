import { percent } from "../drift/describe-drift.ts";
import { formatCount } from "../format-count.ts";
import { rowKeys } from "../match/row-keys.ts";
import type { Column } from "../table/table.ts";
import type { ExaminedSide } from "./examined-side.ts";
import type { Measured } from "./integrity-report.ts";

/** As few lost labels as these, in less than this share of the base's labels, may be a correction. */
const mostRows = 2;
const mostShare = 0.005;

/** Of the smaller side's rows, at least this share must be found on the other: else the rows are others. */
const mostlyFound = 0.5;
/** Names of which fewer rows have one of their own are shared by chance: then all rows must be found but for a few. */
const mostlyUnique = 0.5;
const nearlyAll = 0.99;

/**
 * Rows that have a label in the base and none in the head. They are dropped from training and hold-out, so no other
 * number shows them: rows that were added without a label lost none, and neither did those of another sample. Reported
 * from three rows on, or from more than 0.5 % of the base's labels. `value` is that share.
 *
 * A row is the same when it has the same key; without one, when it has the same cells in all columns of both sides but the
 * target, or else the same features, whichever finds most of the rows again.
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
  const lost = countLost(head, base, baseColumn);
  const share = lost / labelled;
  if (lost <= mostRows && share <= mostShare) return [];
  const many = lost === 1 ? "1 row" : `${formatCount(lost)} rows`;
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

function countLost(head: ExaminedSide, base: ExaminedSide, baseColumn: (name: string) => Column | null): number {
  const { table, features, key, target } = head;
  const shared = (columns: readonly Column[]) =>
    columns.flatMap((column): [head: Column, base: Column][] => {
      const other = baseColumn(column.name);
      return other === null || other.type !== column.type ? [] : [[column, { ...other, name: column.name }]];
    });
  const named = shared(table.columns.filter(({ name }) => name === key));
  const all = shared(table.columns.filter(({ name }) => name !== target));
  for (const pairs of named.length > 0 ? [named] : [all, shared(features)]) {
    if (pairs.length === 0) continue;
    const now = countByName(
      head,
      pairs.map(([after]) => after),
    );
    const then = countByName(
      base,
      pairs.map(([, before]) => before),
    );
    if (named.length > 0 || areSameRows(now, then)) return lostOf(now, then);
  }
  return 0;
}

interface Labels {
  missing: number;
  known: number;
}

/** Rows that have a name, by whether they have a label. */
type Rows = ReadonlyMap<string, Labels>;

function lostOf(now: Rows, then: Rows): number {
  let lost = 0;
  for (const [name, { missing, known }] of now) {
    const before = then.get(name);
    if (before !== undefined) lost += Math.max(0, Math.min(missing - before.missing, before.known - known));
  }
  return lost;
}

/** Whether both sides hold mostly the same rows, so that what differs happened to a row. */
function areSameRows(now: Rows, then: Rows): boolean {
  const rowsOf = ({ missing, known }: Labels) => missing + known;
  const total = (rows: Rows) => [...rows.values()].reduce((sum, labels) => sum + rowsOf(labels), 0);
  let found = 0;
  for (const [name, labels] of now) {
    const before = then.get(name);
    if (before !== undefined) found += Math.min(rowsOf(labels), rowsOf(before));
  }
  const unique = Math.min(now.size / total(now), then.size / total(then));
  return found >= (unique >= mostlyUnique ? mostlyFound : nearlyAll) * Math.min(total(now), total(then));
}

function countByName(side: ExaminedSide, columns: readonly Column[]): Map<string, Labels> {
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
