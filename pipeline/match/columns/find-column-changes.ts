import type { Table } from "../../table/table.ts";
import { type BothTables, namesOf } from "../both-tables.ts";
import { limits } from "../limits.ts";
import { pairByName } from "../pair-by-name.ts";
import { pairHashes } from "../pair-hashes.ts";
import { rowHashes } from "../row-hashes.ts";
import type { RowPairs } from "../row-pairs.ts";
import { compareCells } from "./compare-cells.ts";
import { findMoves } from "./find-moves.ts";
import { findRenames } from "./find-renames.ts";
import { findRewritten, type Rewritten } from "./find-rewritten.ts";
import type { ColumnMatch } from "./one-to-one.ts";
import { findRetyped, type Retyped } from "./retyped.ts";

/** What became of the columns. A renamed one is neither added nor removed. */
export interface ColumnChanges {
  added: string[];
  removed: string[];
  /** The same content (or nearly) under another name. */
  renamed: ColumnMatch[];
  /** Values that are now under another name, at least one of both names being in both tables. */
  moved: ColumnMatch[];
  retyped: Retyped[];
  /** Columns that were written anew in rows that are otherwise as they were. */
  rewritten: Rewritten[];
  /** Cells of rows of one key that differ, by column; null where no key names the rows. */
  cells: { column: string; changed: number }[] | null;
}

export interface FoundChanges {
  columns: ColumnChanges;
  /** Rows that hold the same in all columns of both sides, whatever the columns are called. */
  unchanged: RowPairs;
  /** Rows of one key that names one row on either side. */
  keyed: RowPairs | null;
  /** The head's table with its columns under the names that they have in the base, and the names that both tables then have. */
  aligned: Table;
  both: readonly string[];
}

/**
 * What became of the columns, and with it which rows hold the same: a column that was renamed, or whose values moved under
 * another name, is compared with what it was.
 *
 * @param reassigned the key, when its values were given to other rows: then it names none, and was written anew
 * @param named rows that the columns which stayed find again, though hardly any holds the same; null where none do
 */
export function findColumnChanges(tables: BothTables, reassigned: string | null, named: RowPairs | null): FoundChanges {
  const { base, head } = tables;
  const byName = new Map(tables.shared.map((one) => [one.name, one]));
  const shared = base.columns.flatMap(({ name }) => (name === reassigned ? [] : (byName.get(name) ?? [])));
  const names = namesOf(shared);
  const aside = new Set(names);
  const gone = base.columns.filter(({ name }) => !aside.has(name) && name !== reassigned);
  const fresh = head.columns.filter(({ name }) => !aside.has(name) && name !== reassigned);
  const key = reassigned === null && tables.keyed()?.unique === true ? tables.key : null;

  const same = sameRows(tables, names, key, named);
  const renamed = findRenames(gone, fresh, names.length === 0 ? null : same);
  const from = new Set(renamed.map((rename) => rename.from));
  const renamedBack = underOldNames(head, renamed);
  const known = [...names, ...from];
  const keyed = key === null ? null : tables.keyed()!.pairs;
  const equal = renamed.length === 0 ? same : unchangedRows(base, renamedBack, keyed, known);
  const [old, now] = [base, renamedBack].map((table) => without(table, reassigned)) as [Table, Table];
  const moved = tables.same ? [] : findMoves(old, now, equal, keyed);
  const aligned = underOldNames(renamedBack, moved);
  const both = moved.length === 0 ? known : namesOfBoth(old, aligned);
  const atLast = moved.length === 0 || key === null ? keyed : pairByName(base, aligned, key);
  const asTheyWere = renamed.length + moved.length === 0;
  const compared =
    atLast === null ? null : asTheyWere ? tables.keyedCells() : compareCells(base, aligned, atLast, both);
  const to = new Set(renamed.map((rename) => rename.to));
  const places = new Set(moved.map((move) => move.to));
  const unchanged = compared?.unchanged ?? (moved.length === 0 ? equal : unchangedRows(base, aligned, null, both));
  return {
    unchanged,
    keyed: atLast,
    aligned,
    both,
    columns: {
      added: namesOf(fresh).filter((name) => !to.has(name)),
      removed: namesOf(gone).filter((name) => !from.has(name)),
      renamed,
      moved,
      retyped: shared.flatMap((one) => (places.has(one.name) ? [] : (findRetyped(one) ?? []))),
      rewritten: reassigned === null ? rewrittenIn(tables, moved, atLast ?? unchanged) : [{ column: reassigned }],
      cells: compared?.cells ?? null,
    },
  };
}

/** Rows that hold the same under the same names. Where other rows were paired before, only those are looked at again. */
function sameRows(tables: BothTables, names: string[], key: string | null, named: RowPairs | null): RowPairs {
  const { base, head } = tables;
  if (key !== null) return tables.keyedCells().unchanged;
  return named === null ? tables.pair(names).pairs : unchangedRows(base, head, named, names);
}

/** Of the rows that were paired, those that hold the same; all that do, where none were. */
function unchangedRows(base: Table, head: Table, pairs: RowPairs | null, names: readonly string[]): RowPairs {
  if (pairs !== null) return compareCells(base, head, pairs, names).unchanged;
  if (names.length === 0) return { base: new Int32Array(0), head: new Int32Array(0) };
  return pairHashes(rowHashes(base, names), rowHashes(head, names)).pairs;
}

function rewrittenIn(tables: BothTables, moved: readonly ColumnMatch[], { base: found }: RowPairs): Rewritten[] {
  const smaller = Math.min(tables.base.rowCount, tables.head.rowCount);
  if (tables.same || moved.length > 0 || smaller < limits.fewestTelling) return [];
  return found.length > limits.hardlyAny * smaller ? [] : findRewritten(tables);
}

/** The head's columns under the names that their values have in the base. One whose name another one takes gets a new name. */
function underOldNames(head: Table, changes: readonly ColumnMatch[]): Table {
  if (changes.length === 0) return head;
  const old = new Map(changes.map(({ from, to }) => [to, from]));
  const taken = new Set([...old.values(), ...namesOf(head.columns)]);
  const given = new Set(old.values());
  const columns = head.columns.map((column) => {
    let name = old.get(column.name) ?? column.name;
    if (!old.has(column.name) && given.has(name)) while (taken.has(name)) name = `${name} (head)`;
    taken.add(name);
    return { ...column, name };
  });
  return { rowCount: head.rowCount, columns };
}

function namesOfBoth(base: Table, head: Table): string[] {
  const inHead = new Set(namesOf(head.columns));
  return namesOf(base.columns).filter((name) => inHead.has(name));
}

function without(table: Table, name: string | null): Table {
  if (name === null) return table;
  const columns = table.columns.filter((column) => column.name !== name);
  return { rowCount: table.rowCount, columns };
}
