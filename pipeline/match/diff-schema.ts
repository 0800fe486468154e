import type { Column, Table } from "../table/table.ts";
import { withColumns } from "../table/with-columns.ts";
import { isPlainNumber } from "./cell-words.ts";
import { diffKeyedRows, pairKeyedRows } from "./diff-keyed-rows.ts";
import { findMoves } from "./find-moves.ts";
import { findRenames } from "./find-renames.ts";
import { pairEqualRows } from "./pair-equal-rows.ts";
import type { SchemaDiff } from "./schema-diff.ts";

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
  const renamedBack = underOldNames(head, renamed);
  const same = [...shared, ...from];
  const equal = renamed.length === 0 ? pairs : pairEqualRows(base, renamedBack, same);
  const moved = findMoves(base, renamedBack, equal, key === null ? null : pairKeyedRows(base, renamedBack, key));
  const aligned = underOldNames(renamedBack, moved);
  const both = moved.length === 0 ? same : namesOfBoth(base, aligned);
  const common = moved.length === 0 ? equal : pairEqualRows(base, aligned, both);

  const keyed = key === null ? null : pairKeyedRows(base, aligned, key);
  const rows = {
    base: base.rowCount,
    head: head.rowCount,
    added: head.rowCount - common.head.length,
    removed: base.rowCount - common.base.length,
    common: common.base.length,
  };
  const resorted = rows.added + rows.removed === 0 && common.base.some((row, at) => row !== common.head[at]);
  const places = new Set(moved.map((move) => move.to));
  return {
    added: fresh.filter(({ name }) => !to.has(name)).map(({ name }) => name),
    removed: gone.filter(({ name }) => !from.has(name)).map(({ name }) => name),
    renamed,
    ...(moved.length === 0 ? {} : { moved }),
    retyped: shared.flatMap((name) => {
      const before = inBase.get(name)!;
      const after = inHead.get(name)!;
      // A column without a single value has no type of its own, and one that took in another one has that one's.
      if (before.type === after.type || isEmpty(before) || isEmpty(after) || places.has(name)) return [];
      const texts = textsAmongNumbers(before.type === "categorical" ? before : after);
      return [{ column: name, from: before.type, to: after.type, ...(texts === null ? {} : { texts }) }];
    }),
    target: target === null || places.has(target) ? null : diffTarget(inBase.get(target), inHead.get(target)),
    rows,
    ...(keyed && diffKeyedRows(base, aligned, keyed, both)),
    ...(resorted ? { resorted } : {}),
  };
}

/** The head's columns under the names that their values have in the base. One whose name another one takes gets a new name. */
function underOldNames(head: Table, changes: readonly { from: string; to: string }[]): Table {
  if (changes.length === 0) return head;
  const old = new Map(changes.map(({ from, to }) => [to, from]));
  const taken = new Set([...old.values(), ...head.columns.map(({ name }) => name)]);
  const given = new Set(old.values());
  const columns = head.columns.map((column) => {
    let name = old.get(column.name) ?? column.name;
    if (!old.has(column.name) && given.has(name)) while (taken.has(name)) name = `${name} (head)`;
    taken.add(name);
    return { ...column, name };
  });
  return withColumns(head, columns);
}

function namesOfBoth(base: Table, head: Table): string[] {
  const inHead = new Set(head.columns.map(({ name }) => name));
  return base.columns.map(({ name }) => name).filter((name) => inHead.has(name));
}

function isEmpty(column: Column): boolean {
  return column.type === "numeric"
    ? column.values.every((value) => Number.isNaN(value))
    : column.categories.length === 0;
}

/** From this share on, a column holds texts, and not numbers with a few texts among them. */
export const manyTexts = 0.1;
const namedTexts = 3;

function textsAmongNumbers(column: Column): { cells: number; values: string[] } | null {
  if (column.type === "numeric") return null;
  const counts = new Int32Array(column.categories.length);
  let known = 0;
  for (const code of column.codes) {
    if (code < 0) continue;
    known++;
    counts[code]!++;
  }
  const texts = column.categories.flatMap((text, code) =>
    counts[code] === 0 || isPlainNumber(text) ? [] : [{ text, count: counts[code]! }],
  );
  const cells = texts.reduce((sum, { count }) => sum + count, 0);
  if (cells === 0 || cells >= manyTexts * known) return null;
  const values = texts.sort((a, b) => b.count - a.count).map(({ text }) => text);
  return { cells, values: values.slice(0, namedTexts) };
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
