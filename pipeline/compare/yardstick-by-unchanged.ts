import { isDeepStrictEqual } from "node:util";
import type { Experiment } from "../experiment/experiment.ts";
import { rowKeysOver } from "../match/row-keys.ts";
import { isRunningNumber } from "../match/running-number.ts";
import type { Table } from "../table/table.ts";
import { minimumRows } from "./measure-metric.ts";
import { pairRows } from "./pair-rows.ts";
import { sameValues } from "./same-values.ts";
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

/** Columns that stayed one by one, but not together, name other rows: at least this share must be found again. */
const mostlyFound = 0.5;

/** True when hardly any hold-out row of one side is found on the other. */
export function fewRowsPair(baseKeys: readonly string[], headKeys: readonly string[]): boolean {
  const smaller = Math.min(baseKeys.length, headKeys.length);
  return pairRows(baseKeys, headKeys).base.length < Math.max(minimumRows, fewPairs * smaller);
}

/**
 * A yardstick that names rows by the columns whose values did not change, for revisions that write a column anew: then
 * the content of every row is another, although the rows are the same. Null when these columns do not tell the rows apart.
 *
 * A column did not change when every value of the smaller table occurs in the larger one, as often or more. Columns
 * that both experiments exclude do not count, unless they split the rows. The target only tells apart rows that are equal
 * otherwise; when it changed, rows are named without it, so that a change of all labels is seen as one. A running number stays
 * the same when it is made anew: where it finds no rows again, it is left out.
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
  const inBase = new Map(base.table.columns.map((column) => [column.name, column]));
  const both = head.table.columns.filter(({ name }) => inBase.has(name));
  const shared = both.map(({ name }) => name);
  const changed = both.filter((column) => !sameValues(inBase.get(column.name)!, column)).map(({ name }) => name);
  const ignored = new Set([target, ...changed, ...excluded.filter((name) => name !== split.column)]);
  const stayed = shared.filter((name) => !ignored.has(name));
  const counted = both.filter((column) => isRunningNumber(column) && isRunningNumber(inBase.get(column.name)!));
  const lasting = stayed.filter((name) => !counted.some((column) => column.name === name));
  const ways = [stayed, lasting].filter(
    (names, at, all) => names.length > 0 && (at === 0 || names.length < all[0]!.length),
  );
  const tried = ways.flatMap((naming) =>
    (changed.includes(target) ? [naming] : [[...naming, target], naming]).map((names) => ({ naming, names })),
  );
  const told = tried.find(({ names }) => tellsApart(base.table, head.table, names));
  if (told === undefined) return null;
  const { naming, names: keyColumns } = told;
  // numbers that were given to other rows are the same ones
  if (naming.length < stayed.length) changed.push(...stayed.filter((name) => !naming.includes(name)));
  if (changed.length === 0) changed.push(...excluded.filter((name) => inBase.has(name) && ignored.has(name)));
  // classes that were swapped one for one leave the target's values as they were
  if (!keyColumns.includes(target) && !changed.includes(target)) changed.push(target);
  const why = `Hardly any row has the same content on both sides, because ${list(changed)} changed.`;
  const how = `${naming.length === 1 ? "Column" : "The columns"} ${list(naming)} did not change and ${naming.length === 1 ? "names" : "name"} the rows.`;
  const reasons = [...(found.state === "same" ? [] : found.reasons), `${why} ${how}`];
  const positive = found.state === "same" ? head.experiment.positive : found.positive;
  return { state: "common", target, positive, split, keyColumns: keyColumns.toSorted(), reasons };
}

/** True when these columns name nearly every row of both tables, and the same rows in both. */
function tellsApart(base: Table, head: Table, names: string[]): boolean {
  const [before, after] = [new Set(rowKeysOver(base, names)), new Set(rowKeysOver(head, names))];
  if (before.size < nearlyUnique * base.rowCount || after.size < nearlyUnique * head.rowCount) return false;
  const found = [...before].filter((name) => after.has(name)).length;
  return found > 0 && found >= mostlyFound * Math.min(before.size, after.size);
}

function list(names: string[]): string {
  const shown = names.slice(0, 3).map((name) => `"${name}"`);
  return names.length > 3 ? `${shown.join(", ")} and ${names.length - 3} more` : shown.join(", ");
}
