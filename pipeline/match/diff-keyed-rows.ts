import type { Column, Table } from "../table/table.ts";
import { cellWords } from "./cell-words.ts";
import type { RowPairs } from "./pair-equal-rows.ts";
import type { SchemaDiff } from "./schema-diff.ts";
import { valueHashes } from "./value-hashes.ts";

/**
 * The rows of both tables that have the same name, in the order of the head; null when the key does not name rows: it is
 * absent, has missing cells, or repeats on a side.
 */
export function pairKeyedRows(base: Table, head: Table, key: string): RowPairs | null {
  const before = rowsByKey(base, key);
  const after = rowsByKey(head, key);
  if (before === null || after === null) return null;
  const found = [...after].filter(([name]) => before.has(name));
  return {
    base: Int32Array.from(found, ([name]) => before.get(name)!),
    head: Int32Array.from(found, ([, row]) => row),
  };
}

/**
 * What happened to the rows of two tables whose rows have a name of their own, and to the cells of each column.
 *
 * @param pairs what `pairKeyedRows` found
 * @param columns names of the columns that both tables have
 */
export function diffKeyedRows(
  base: Table,
  head: Table,
  pairs: RowPairs,
  columns: readonly string[],
): Pick<SchemaDiff, "rows" | "cells"> {
  const count = pairs.base.length;
  const differs = new Uint8Array(count);
  const cells = columns.flatMap((name) => {
    const [old, now] = [base, head].map((table) => cellWords(columnOf(table, name)!)) as [Int32Array, Int32Array];
    let changed = 0;
    for (let at = 0; at < count; at++) {
      const [before, after] = [2 * pairs.base[at]!, 2 * pairs.head[at]!];
      if (old[before] === now[after] && old[before + 1] === now[after + 1]) continue;
      differs[at] = 1;
      changed++;
    }
    return changed === 0 ? [] : [{ column: name, changed }];
  });
  const changed = differs.reduce((sum, one) => sum + one, 0);
  return {
    rows: {
      base: base.rowCount,
      head: head.rowCount,
      added: head.rowCount - count,
      removed: base.rowCount - count,
      changed,
      common: count - changed,
    },
    cells,
  };
}

/** The row of each key; null unless every row has one of its own. */
function rowsByKey(table: Table, key: string): Map<string, number> | null {
  const column = columnOf(table, key);
  if (column === undefined) return null;
  const rows = new Map<string, number>();
  for (const [row, hash] of valueHashes(column).entries()) {
    if (hash === null) return null;
    rows.set(hash, row);
  }
  return rows.size === table.rowCount ? rows : null;
}

function columnOf(table: Table, name: string): Column | undefined {
  return table.columns.find((column) => column.name === name);
}
