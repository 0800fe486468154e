import type { Experiment } from "../experiment/experiment.ts";
import type { Column, Table } from "../table/table.ts";
import { type ComparedCells, compareCells } from "./columns/compare-cells.ts";
import { type KeyedPairs, pairNames } from "./pair-by-name.ts";
import { type HashPairs, pairHashes } from "./pair-hashes.ts";
import { rowHashes } from "./row-hashes.ts";

/** A table and what of its experiment says how rows are named. */
export interface TableSide {
  table: Table;
  experiment: Pick<Experiment, "target" | "key" | "exclude" | "split">;
}

/** Two tables in which the same rows are looked for. What is asked twice is worked out once. */
export interface BothTables {
  base: Table;
  head: Table;
  /** One table on both sides: every row is itself. */
  same: boolean;
  /** The head's. */
  target: string;
  /** The base's, where both tables have it: who is judged does not choose how rows are named. Else the head's. */
  key: string | null;
  /** Share of rows that the head holds out. */
  holdout: number;
  /** Columns of one name, in the order of the head. */
  shared: readonly SharedColumn[];
  /** Both tables have the same names. */
  sameNames: boolean;
  /** Columns that both experiments exclude, and those of them that no split needs either. */
  excluded: ReadonlySet<string>;
  unused: ReadonlySet<string>;
  /** Rows of equal content in these columns (null: in all). */
  pair(columns: readonly string[] | null): HashPairs;
  /** Rows of equal values in the declared key, and whether each value names one row; null when a side lacks the key. */
  keyed(): KeyedPairs | null;
  /** The cells of these rows in the columns of both, in the order of the base. */
  keyedCells(): ComparedCells;
}

export interface SharedColumn {
  name: string;
  base: Column;
  head: Column;
}

export function bothTables(base: TableSide, head: TableSide): BothTables {
  const [before, after] = [base.table, head.table];
  const { target, split, exclude } = head.experiment;
  const inBase = new Map(before.columns.map((column) => [column.name, column]));
  const shared = after.columns.flatMap((column): SharedColumn[] => {
    const other = inBase.get(column.name);
    return other === undefined ? [] : [{ name: column.name, base: other, head: column }];
  });
  const { key: named } = base.experiment;
  const key = named !== null && shared.some(({ name }) => name === named) ? named : head.experiment.key;
  const excluded = new Set(exclude.filter((name) => base.experiment.exclude.includes(name)));
  const unused = new Set(excluded);
  if (split.by !== undefined) unused.delete(split.column);
  const identity = before === after ? Int32Array.from({ length: before.rowCount }, (_, row) => row) : null;
  const found = new Map<string, HashPairs>();
  const pair = (columns: readonly string[] | null): HashPairs => {
    if (columns?.length === 0) return pairHashes(new Int32Array(0), new Int32Array(0));
    const name = JSON.stringify((columns ?? namesOf(shared)).toSorted());
    const known = found.get(name) ?? pairHashes(rowHashes(before, columns), rowHashes(after, columns));
    found.set(name, identity === null ? known : { ...known, pairs: { base: identity, head: identity } });
    return found.get(name)!;
  };
  let keyed: KeyedPairs | null | undefined;
  let compared: ComparedCells | undefined;
  const keyedPairs = () => {
    keyed ??= pairByKey(shared.find(({ name }) => name === key) ?? null, identity);
    return keyed;
  };
  return {
    base: before,
    head: after,
    same: identity !== null,
    target,
    key,
    holdout: split.holdout,
    shared,
    sameNames: shared.length === before.columns.length && shared.length === after.columns.length,
    excluded,
    unused,
    pair,
    keyed: keyedPairs,
    keyedCells: () => {
      const inHead = new Set(namesOf(shared));
      const names = namesOf(before.columns).filter((name) => inHead.has(name));
      compared ??= compareCells(before, after, keyedPairs()!.pairs, names);
      return compared;
    },
  };
}

function pairByKey(key: SharedColumn | null, identity: Int32Array | null): KeyedPairs | null {
  if (key === null) return null;
  const keyed = pairNames(key.base, key.head);
  return identity === null ? keyed : { ...keyed, pairs: { base: identity, head: identity } };
}

/** The names of columns, in their order. */
export function namesOf(columns: readonly { name: string }[]): string[] {
  return columns.map(({ name }) => name);
}
