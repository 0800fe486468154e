import { groupRows, type RowGroups } from "../match/group-rows.ts";
import { countEach } from "../stats/count-each.ts";
import type { Column } from "../table/table.ts";
import type { ExaminedSide } from "./examined-side.ts";
import { idShare } from "./id-like-columns.ts";

/** What makes a row the same example as another one: everything but what only names it. */
export interface RowIdentity {
  /** Rows that are the same example. */
  same: RowGroups;
  columns: readonly Column[];
  /** Names of the columns that do not count: the key and those that look like identifiers. */
  ignored: readonly string[];
}

/** Null when nothing but names and the target is left. Cost: O(cells). */
export function identifyRows(side: ExaminedSide): RowIdentity | null {
  const { table, key, target } = side;
  const named = table.columns.filter((column) => column.name === key || idShare(side, column) !== null);
  const ignored = named.map(({ name }) => name).filter((name) => name !== target);
  const columns = table.columns.filter(({ name }) => !ignored.includes(name));
  if (!columns.some(({ name }) => name !== target)) return null;
  return {
    same: groupRows(
      table,
      columns.map(({ name }) => name),
    ),
    columns,
    ignored,
  };
}

/** A share of copies that is beyond chance by less than this is nothing. */
export const leastExcess = 0.001;

const sampledCells = 5_000;

/**
 * The probability that two rows are equal if the columns were independent: the product of the probabilities that two
 * cells of a column are equal. Small tables of few categories repeat rows by chance; this says how much.
 */
export function chanceOfEqualRows({ columns }: RowIdentity): number {
  return columns.reduce((product, column) => (product === 0 ? 0 : product * chanceOfEqualCells(column)), 1);
}

/** Pairs of equal cells among all pairs, in an even sample of rows. */
function chanceOfEqualCells(column: Column): number {
  const cells = column.type === "numeric" ? column.values : column.codes;
  const size = Math.min(cells.length, sampledCells);
  if (size < 2) return 1;
  const sample = Float64Array.from({ length: size }, (_, i) => cells[Math.floor((i * cells.length) / size)]!);
  const pairs = [...countEach(sample).values()].reduce((sum, count) => sum + count * (count - 1), 0);
  return pairs / (size * (size - 1));
}
