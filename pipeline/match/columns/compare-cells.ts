import type { Table } from "../../table/table.ts";
import { cellWords, sameCell } from "../cell-words.ts";
import type { RowPairs } from "../row-pairs.ts";

export interface ComparedCells {
  /** How many pairs have other cells, by column; only columns in which some have. */
  cells: { column: string; changed: number }[];
  /** The pairs whose cells are all equal. */
  unchanged: RowPairs;
}

/** Compares the cells of paired rows, column by column. Cost: O(cells). */
export function compareCells(base: Table, head: Table, pairs: RowPairs, columns: readonly string[]): ComparedCells {
  const differs = new Uint8Array(pairs.base.length);
  const cells = columns.flatMap((name) => {
    const [old, now] = [wordsOf(base, name), wordsOf(head, name)];
    let changed = 0;
    for (let at = 0; at < differs.length; at++) {
      if (sameCell(old, pairs.base[at]!, now, pairs.head[at]!)) continue;
      differs[at] = 1;
      changed++;
    }
    return changed === 0 ? [] : [{ column: name, changed }];
  });
  const equal = (rows: Int32Array) => rows.filter((_, at) => differs[at] === 0);
  return { cells, unchanged: { base: equal(pairs.base), head: equal(pairs.head) } };
}

function wordsOf({ columns }: Table, name: string): Int32Array {
  return cellWords(columns.find((column) => column.name === name)!);
}
