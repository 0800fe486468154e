import { sameValues } from "../compare/same-values.ts";
import { compareKeys } from "../match/compare-keys.ts";
import { pairEqualRows } from "../match/pair-equal-rows.ts";
import { rowKeysOver } from "../match/row-keys.ts";
import { isRunningNumber } from "../match/running-number.ts";
import type { SchemaDiff } from "../match/schema-diff.ts";
import type { Column, Table } from "../table/table.ts";

/** Up to this share of the smaller table's rows being as they were, something was written anew. */
const hardlyAny = 0.05;
const fewestRows = 20;
/** The columns that stayed must find this share of the smaller table's rows, and tell as many apart. */
const nearlyAll = 0.9;

/**
 * Columns that were written anew in rows that are otherwise as they were: hardly any row has an equal one on the other
 * side, and nearly all have one by the columns whose values stayed, or by all of these but a running number, which was
 * made anew. Empty when that is not what happened.
 *
 * Cost: nothing unless hardly any row is on both sides.
 */
export function findRewritten(base: Table, head: Table, diff: SchemaDiff): NonNullable<SchemaDiff["rewritten"]> {
  const { changed = 0, common } = diff.rows;
  const smaller = Math.min(base.rowCount, head.rowCount);
  if (smaller < fewestRows || common + changed > hardlyAny * smaller || diff.moved !== undefined) return [];
  const inBase = new Map(base.columns.map((column) => [column.name, column]));
  const both = head.columns.flatMap((after): [Column, Column][] => {
    const before = inBase.get(after.name);
    return before === undefined ? [] : [[before, after]];
  });
  const same = both.filter(([before, after]) => sameValues(before, after));
  const lasting = same.filter((columns) => !columns.every(isRunningNumber));
  const stayed = [same, lasting].map(namesOf).find((names) => nameRows(base, head, names));
  if (stayed === undefined) return [];
  return both.flatMap(([before, after]) => {
    if (stayed.includes(after.name)) return [];
    const spelling = compareKeys(before, after)?.spelling ?? null;
    return [{ column: after.name, ...(spelling === null ? {} : { spelling }) }];
  });
}

function namesOf(columns: readonly [Column, Column][]): string[] {
  return columns.map(([, { name }]) => name);
}

/** Whether these columns find nearly every row of the smaller table again, and tell the rows apart. */
function nameRows(base: Table, head: Table, names: readonly string[]): boolean {
  const smaller = Math.min(base.rowCount, head.rowCount);
  if (names.length === 0 || pairEqualRows(base, head, names).base.length < nearlyAll * smaller) return false;
  return new Set(rowKeysOver(head, names)).size >= nearlyAll * head.rowCount;
}
