import type { Column, Table } from "../table/table.ts";
import { limits } from "./limits.ts";
import type { Match } from "./match.ts";
import type { SchemaDiff } from "./schema-diff.ts";

/**
 * How the columns and rows of the head's data differ from the base's. Rows are compared by the content of the columns
 * that both sides have (a renamed column counts as one), so their order does not count; where a key names them, by it.
 *
 * @param target name of the target column, or null for none
 */
export function diffSchema(base: Table, head: Table, match: Match, target: string | null): SchemaDiff {
  const { unchanged, keyed, columns } = match;
  const { moved, rewritten, cells, ...changes } = columns;
  const common = unchanged.base.length;
  const found = (keyed ?? unchanged).base.length;
  const counts = {
    base: base.rowCount,
    head: head.rowCount,
    added: head.rowCount - found,
    removed: base.rowCount - found,
  };
  const resorted =
    common === Math.max(base.rowCount, head.rowCount) && unchanged.base.some((row, at) => row !== unchanged.head[at]);
  const places = new Set(moved.map(({ to }) => to));
  return {
    ...changes,
    ...(moved.length === 0 ? {} : { moved }),
    target: target === null || places.has(target) ? null : diffTarget(columnOf(base, target), columnOf(head, target)),
    rows: { ...counts, ...(keyed === null ? {} : { changed: found - common }), common },
    ...(cells === null ? {} : { cells }),
    ...(resorted ? { resorted } : {}),
    ...(rewritten.length === 0 ? {} : { rewritten }),
  };
}

function columnOf({ columns }: Table, name: string): Column | undefined {
  return columns.find((column) => column.name === name);
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

/** The classes of a target, or null when it is a quantity or an identifier. */
function classesOf(column: Column): string[] | null {
  if (column.type === "categorical") {
    return column.categories.length > limits.mostTextClasses ? null : column.categories;
  }
  const distinct = [...new Set(column.values)].filter((value) => !Number.isNaN(value));
  if (distinct.length > limits.mostNumericClasses || distinct.some((value) => value % 1 !== 0)) return null;
  return distinct.map((value) => String(value + 0)).sort();
}
