import { isDeepStrictEqual } from "node:util";
import { rowKeysOver } from "../data/row-keys.ts";
import type { Table } from "../data/table.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { minimumRows } from "./measure-metric.ts";
import { pairRows } from "./pair-rows.ts";
import type { Yardstick } from "./yardstick.ts";

/** A revision's experiment and the table it reads. */
export interface YardstickSide {
  experiment: Experiment;
  table: Table;
}

/** Fewer pairs than this share of the smaller hold-out mean that the content of the rows no longer names them. */
const fewPairs = 0.05;

/** Rows are told apart when at least this share of them has a name of its own. */
const nearlyUnique = 0.9;

/** True when hardly any hold-out row of one side is found on the other. */
export function fewRowsPair(baseKeys: readonly string[], headKeys: readonly string[]): boolean {
  const smaller = Math.min(baseKeys.length, headKeys.length);
  return pairRows(baseKeys, headKeys).base.length < Math.max(minimumRows, fewPairs * smaller);
}

/**
 * A yardstick that names rows by the columns whose values did not change, for revisions that write a column anew: then
 * the content of every row is another, although the rows are the same. Null when these columns do not tell the rows apart.
 *
 * A column did not change when every value of the smaller table occurs in the larger one, as often or more. The target
 * does not name rows, so that a change of all labels is seen as one; neither do columns that both experiments exclude.
 *
 * @param found the yardstick by which hardly any row was found on both sides
 */
export function yardstickByUnchanged(
  base: YardstickSide,
  head: YardstickSide,
  found: Exclude<Yardstick, { state: "incomparable" }>,
): Yardstick | null {
  const { target, key, split } = head.experiment;
  if (found.state === "same" ? key !== null : isDeepStrictEqual(found.keyColumns, [key])) return null;
  const excluded = head.experiment.exclude.filter((name) => base.experiment.exclude.includes(name));
  const inBase = new Set(base.table.columns.map(({ name }) => name));
  const shared = head.table.columns.map(({ name }) => name).filter((name) => inBase.has(name));
  const changed = shared.filter((name) => !sameValues(base.table, head.table, name));
  const naming = shared.filter((name) => name !== target && !changed.includes(name) && !excluded.includes(name));
  if (naming.length === 0 || changed.length === 0) return null;
  if (![base.table, head.table].every((table) => distinctShare(table, naming) >= nearlyUnique)) return null;
  const why = `Hardly any row has the same content on both sides, because ${list(changed)} changed.`;
  const how = `The columns ${list(naming)} did not change and name the rows.`;
  const reasons = [...(found.state === "same" ? [] : found.reasons), `${why} ${how}`];
  const positive = found.state === "same" ? head.experiment.positive : found.positive;
  return { state: "common", target, positive, split, keyColumns: naming.toSorted(), reasons };
}

/** Cost: O(rows). */
function sameValues(base: Table, head: Table, name: string): boolean {
  const [one, other] = [rowKeysOver(base, [name]), rowKeysOver(head, [name])];
  const [smaller, larger] = one.length <= other.length ? [one, other] : [other, one];
  const left = new Map<string, number>();
  for (const value of larger) left.set(value, (left.get(value) ?? 0) + 1);
  return smaller.every((value) => {
    const count = left.get(value) ?? 0;
    left.set(value, count - 1);
    return count > 0;
  });
}

function distinctShare(table: Table, names: string[]): number {
  return table.rowCount === 0 ? 0 : new Set(rowKeysOver(table, names)).size / table.rowCount;
}

function list(names: string[]): string {
  const shown = names.slice(0, 3).map((name) => `"${name}"`);
  return names.length > 3 ? `${shown.join(", ")} and ${names.length - 3} more` : shown.join(", ");
}
