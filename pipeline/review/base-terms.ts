import type { Match } from "../match/match.ts";
import { holdoutOfBase, type Membership } from "../match/membership.ts";
import type { Run } from "../run.ts";
import { copiesOfHoldout } from "../split/copies-of-holdout.ts";
import { holdOutAsBase } from "../split/hold-out-as-base.ts";
import { keyColumnKeys } from "../split/key-column.ts";
import { rowNames } from "../split/row-names.ts";
import type { Column, Table } from "../table/table.ts";
import type { ReadSide } from "./read-sides.ts";

type MatchedRows = Pick<Match, "rows" | "relabelled" | "repeats" | "repeatedKey"> & {
  columns: Pick<Match["columns"], "renamed" | "moved">;
};

/** By what the gates judge both sides: the base's hold-out, with the base's labels. */
export interface BaseTerms extends Membership {
  /** Both sides' data. */
  tables: { base: Table; head: Table };
  match: MatchedRows;
  /** Per row of the head a name, when the base orders the rows otherwise than the head would; else null. */
  names: readonly string[] | null;
  /** Of so many rows of the head that are new or hold other features, those that nothing may be learned from: they are copies. */
  copies: { rows: number; of: number };
  /** Zero-based rows of the base whose target is another one in the head. */
  relabelled: ReadonlySet<number>;
}

/**
 * Which rows of the head are the base's hold-out, and which of its other rows nothing may be learned from: those that the
 * base's split would hold out, and copies of held-out rows under another name or with another label.
 *
 * @param base the base's run by its own experiment
 * @param head the head's run by its own
 * @returns null when a side's data could not be read
 */
export function baseTerms(
  sides: { base: ReadSide | null; head: ReadSide | null },
  match: Match,
  base: Run,
  head: Run,
): BaseTerms | null {
  if (!sides.base?.read.ok || !sides.head?.read.ok) return null;
  const tables = { base: sides.base.read.value.table, head: sides.head.read.value.table };
  const { experiment } = sides.base.revision;
  const heldOut = base.holdout.rows;
  const later = new Map(match.columns.renamed.map(({ from, to }) => [from, to]));
  const columns = new Map(tables.head.columns.map((column) => [column.name, column]));
  const bySplit = holdOutAsBase(
    { table: tables.base, experiment, heldOut },
    tables.head,
    (name) => columns.get(name) ?? columns.get(later.get(name) ?? "") ?? null,
  );
  const unused = missingTargets(tables.base, experiment.target);
  const { partners, heldOut: held } = holdoutOfBase(match, tables.head.rowCount, { heldOut, unused }, bySplit);
  const others = rowsBut(tables.head.rowCount, new Set([...held, ...match.unchanged.head]));
  const partnerOf = new Map<number, number>();
  for (const pairs of [match.relabelled, match.rows]) {
    for (const [at, row] of pairs.head.entries()) partnerOf.set(row, pairs.base[at]!);
  }
  const copies = copiesOfHoldout({
    ...tables,
    features: sharedFeatures(tables.base, head),
    heldOut,
    trained: rowsBut(tables.base.rowCount, new Set([...heldOut, ...unused])),
    rows: others,
    partners: Int32Array.from(others, (row) => partnerOf.get(row) ?? -1),
  });
  return {
    partners,
    copies: { rows: copies.rows.length, of: copies.of },
    heldOut: new Set([...held, ...copies.rows]),
    tables,
    match,
    names: namesAsBase(sides.base, sides.head, tables, match),
    relabelled: new Set(match.relabelled.base),
  };
}

/** The same terms for an experiment that learns from the base's own data. */
export function ofBaseAlone({ tables }: BaseTerms, { holdout: { rows } }: Run): BaseTerms {
  const every = Int32Array.from({ length: tables.base.rowCount }, (_, row) => row);
  const pairs = { base: every, head: every };
  const none = new Int32Array(0);
  return {
    tables: { base: tables.base, head: tables.base },
    heldOut: new Set(rows),
    partners: Int32Array.from(rows),
    match: {
      rows: pairs,
      relabelled: { base: none, head: none },
      repeats: new Uint8Array(tables.base.rowCount),
      repeatedKey: false,
      columns: noChanges,
    },
    names: null,
    copies: { rows: 0, of: 0 },
    relabelled: new Set(),
  };
}

const noChanges = { renamed: [], moved: [] };

function missingTargets(table: Table, target: string): ReadonlySet<number> {
  const column = table.columns.find(({ name }) => name === target);
  const unused = new Set<number>();
  for (let row = 0; row < table.rowCount; row++) if (column !== undefined && isMissing(column, row)) unused.add(row);
  return unused;
}

function isMissing(column: Column, row: number): boolean {
  return column.type === "numeric" ? Number.isNaN(column.values[row]) : column.codes[row]! < 0;
}

function sharedFeatures(base: Table, head: Run): string[] {
  const inBase = new Set(base.columns.map(({ name }) => name));
  return head.features.flatMap(({ name }) => (inBase.has(name) ? [name] : []));
}

function rowsBut(count: number, without: ReadonlySet<number>): number[] {
  const rows: number[] = [];
  for (let row = 0; row < count; row++) if (!without.has(row)) rows.push(row);
  return rows;
}

/** The names by which the base orders its rows, so that the same rows give the same model to the last digit. */
function namesAsBase(base: ReadSide, head: ReadSide, tables: BaseTerms["tables"], { rows }: Match): string[] | null {
  const [before, after] = [base.revision.experiment, head.revision.experiment];
  const names = ({ columns }: Table) => JSON.stringify(columns.map(({ name }) => name).sort());
  if (before.key === after.key && (before.key !== null || names(tables.base) === names(tables.head))) return null;
  const key = before.key === null ? undefined : tables.base.columns.find(({ name }) => name === before.key);
  const keys = key === undefined ? null : keyColumnKeys(key, "");
  const known = keys?.ok ? keys.value : rowNames(tables.base, null);
  const named = rowNames(tables.head, null);
  for (const [at, row] of rows.head.entries()) named[row] = known[rows.base[at]!]!;
  return named;
}
