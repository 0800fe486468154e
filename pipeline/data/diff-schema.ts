import { diffKeyedRows } from "./diff-keyed-rows.ts";
import { findRenames } from "./find-renames.ts";
import { pairEqualRows } from "./pair-equal-rows.ts";
import type { SchemaDiff } from "./schema-diff.ts";
import type { Column, Table } from "./table.ts";

/**
 * How the columns and rows of the head's data differ from the base's. Rows are compared by the content of the columns
 * that both sides have (a renamed column counts as one), so their order does not count; where a key names them, by it.
 *
 * @param target name of the target column, or null for none
 * @param key name of the column that names rows, or null for none
 */
export function diffSchema(base: Table, head: Table, target: string | null, key: string | null = null): SchemaDiff {
  const inBase = new Map(base.columns.map((column) => [column.name, column]));
  const inHead = new Map(head.columns.map((column) => [column.name, column]));
  const shared = base.columns.filter(({ name }) => inHead.has(name)).map(({ name }) => name);
  const gone = base.columns.filter(({ name }) => !inHead.has(name));
  const fresh = head.columns.filter(({ name }) => !inBase.has(name));

  const pairs = pairEqualRows(base, head, shared);
  const renamed = findRenames(gone, fresh, shared.length === 0 ? null : pairs);
  const from = new Set(renamed.map((rename) => rename.from));
  const to = new Map(renamed.map((rename) => [rename.to, rename.from]));
  const aligned = {
    ...head,
    columns: head.columns.map((column) => ({ ...column, name: to.get(column.name) ?? column.name })),
  };
  const common = renamed.length === 0 ? pairs : pairEqualRows(base, aligned, [...shared, ...from]);

  const keyed = key === null ? null : diffKeyedRows(base, aligned, key, [...shared, ...from]);
  const rows = {
    base: base.rowCount,
    head: head.rowCount,
    added: head.rowCount - common.head.length,
    removed: base.rowCount - common.base.length,
    common: common.base.length,
  };
  const resorted = rows.added + rows.removed === 0 && common.base.some((row, at) => row !== common.head[at]);
  return {
    added: fresh.filter(({ name }) => !to.has(name)).map(({ name }) => name),
    removed: gone.filter(({ name }) => !from.has(name)).map(({ name }) => name),
    renamed,
    retyped: shared.flatMap((name) => {
      const before = inBase.get(name)!;
      const after = inHead.get(name)!;
      // A column without a single value has no type of its own.
      if (before.type === after.type || isEmpty(before) || isEmpty(after)) return [];
      return [{ column: name, from: before.type, to: after.type }];
    }),
    target: target === null ? null : diffTarget(inBase.get(target), inHead.get(target)),
    rows,
    ...keyed,
    ...(resorted ? { resorted } : {}),
  };
}

function isEmpty(column: Column): boolean {
  return column.type === "numeric"
    ? column.values.every((value) => Number.isNaN(value))
    : column.categories.length === 0;
}

function diffTarget(before: Column | undefined, after: Column | undefined): SchemaDiff["target"] {
  const old = before && classesOf(before);
  const now = after && classesOf(after);
  if (!old || !now) return null;
  return {
    added: now.filter((name) => !old.includes(name)),
    removed: old.filter((name) => !now.includes(name)),
  };
}

const maxNumericClasses = 20;
const maxListedClasses = 500;

/** The classes of a target, or null when it is a quantity or an identifier. */
function classesOf(column: Column): string[] | null {
  if (column.type === "categorical") return column.categories.length > maxListedClasses ? null : column.categories;
  const distinct = [...new Set(column.values)].filter((value) => !Number.isNaN(value));
  if (distinct.length > maxNumericClasses || distinct.some((value) => value % 1 !== 0)) return null;
  return distinct.map((value) => String(value + 0)).sort();
}
