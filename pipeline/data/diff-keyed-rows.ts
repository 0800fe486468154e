import { cellWords } from "./cell-words.ts";
import type { SchemaDiff } from "./schema-diff.ts";
import type { Column, Table } from "./table.ts";
import { valueHashes } from "./value-hashes.ts";

/**
 * What happened to the rows of two tables whose rows have a name of their own, and to the cells of each column; null when
 * the key does not name rows: it is absent, has missing cells, or repeats on a side.
 *
 * @param columns names of the columns that both tables have
 */
export function diffKeyedRows(
  base: Table,
  head: Table,
  key: string,
  columns: readonly string[],
): Pick<SchemaDiff, "rows" | "cells"> | null {
  const before = rowsByKey(base, key);
  const after = rowsByKey(head, key);
  if (before === null || after === null) return null;
  const pairs = [...after].flatMap(([name, row]) => {
    const match = before.get(name);
    return match === undefined ? [] : [{ base: match, head: row }];
  });
  const differs = new Uint8Array(pairs.length);
  const cells = columns.flatMap((name) => {
    const [old, now] = [base, head].map((table) => cellWords(columnOf(table, name)!)) as [Int32Array, Int32Array];
    let changed = 0;
    for (const [at, pair] of pairs.entries()) {
      if (old[2 * pair.base] === now[2 * pair.head] && old[2 * pair.base + 1] === now[2 * pair.head + 1]) continue;
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
      added: head.rowCount - pairs.length,
      removed: base.rowCount - pairs.length,
      changed,
      common: pairs.length - changed,
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
