import { isDeepStrictEqual } from "node:util";
import { sameValues } from "../compare/same-values.ts";
import type { Yardstick } from "../compare/yardstick.ts";
import { rowKeysOver } from "../match/row-keys.ts";
import { valueHashes } from "../match/value-hashes.ts";
import type { Table } from "../table/table.ts";
import type { ReadSides } from "./read-sides.ts";

/** A name per table row of each side. Rows of one name are copies of each other. */
export interface RowNames {
  base: readonly string[];
  head: readonly string[];
}

/**
 * What pairs the rows of both sides when the declared key repeats; null when the names of the runs do.
 *
 * A key that names one row on either side is the name. A repeated one names a group, so its rows are named by the key and
 * their content in the columns that both sides have: otherwise a row would be judged by the answer of another one. The
 * target does not count, so that a corrected label is seen as one; neither does a column that both exclude and that was
 * written anew.
 */
export function nameRows({ base, head }: ReadSides, yardstick: Yardstick | null): RowNames | null {
  if (!base?.read.ok || !head?.read.ok || base.read === head.read) return null;
  const { key, target } = head.revision.experiment;
  if (key === null || yardstick === null || yardstick.state === "incomparable") return null;
  if (yardstick.state === "common" && !isDeepStrictEqual(yardstick.keyColumns, [key])) return null;
  const tables = [base.read.value.table, head.read.value.table] as const;
  const [before, after] = tables.map((table) => hashesOf(table, key)) as [Hashes, Hashes];
  if (before === null || after === null) return null;
  const repeated = new Set([...repeatedIn(before), ...repeatedIn(after)]);
  if (repeated.size === 0) return null;
  const inBase = new Map(tables[0].columns.map((column) => [column.name, column]));
  const both = tables[1].columns.filter(({ name }) => inBase.has(name) && name !== target);
  const { exclude } = base.revision.experiment;
  const unused = new Set(head.revision.experiment.exclude.filter((name) => exclude.includes(name)));
  const shared = both.filter(({ name }) => !unused.has(name)).map(({ name }) => name);
  // an excluded time may tell the rows of a key apart; one that was written anew cannot
  shared.push(
    ...both
      .filter((column) => unused.has(column.name) && sameValues(inBase.get(column.name)!, column))
      .map(({ name }) => name),
  );
  const named = (table: Table, keys: readonly (string | null)[]) => {
    const contents = rowKeysOver(table, shared);
    return keys.map((one, row) => (repeated.has(one) ? `${one}=${contents[row]}` : `${one}`));
  };
  return { base: named(tables[0], before), head: named(tables[1], after) };
}

type Hashes = (string | null)[] | null;

function hashesOf(table: Table, key: string): Hashes {
  const column = table.columns.find(({ name }) => name === key);
  return column === undefined ? null : valueHashes(column);
}

function repeatedIn(keys: readonly (string | null)[]): (string | null)[] {
  const seen = new Set<string | null>();
  return keys.filter((key) => seen.has(key) || !seen.add(key));
}
