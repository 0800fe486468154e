import type { Column } from "../table/table.ts";
import type { BaseTerms } from "./base-terms.ts";

/**
 * A column by its name, with a cell per row of the base's data: the base's own; one that only the head has, with its cells where
 * the rows are the same and missing elsewhere. Null where neither has it.
 */
export function columnsOfBase({ tables: { base, head }, match }: BaseTerms): (name: string) => Column | null {
  const own = new Map(base.columns.map((column) => [column.name, column]));
  const others = new Map(head.columns.map((column) => [column.name, column]));
  const made = new Map<string, Column>();
  return (name) => {
    const column = own.get(name) ?? made.get(name);
    const other = others.get(name);
    if (column !== undefined || other === undefined) return column ?? null;
    const moved = inRowsOfBase(other, base.rowCount, match);
    made.set(name, moved);
    return moved;
  };
}

function inRowsOfBase(column: Column, rows: number, { rows: same, relabelled }: BaseTerms["match"]): Column {
  const place = <T extends Int32Array | Float64Array>(cells: T, placed: T): T => {
    for (const pairs of [relabelled, same]) {
      for (const [at, row] of pairs.base.entries()) placed[row] = cells[pairs.head[at]!]!;
    }
    return placed;
  };
  return column.type === "numeric"
    ? { ...column, values: place(column.values, new Float64Array(rows).fill(Number.NaN)) }
    : { ...column, codes: place(column.codes, new Int32Array(rows).fill(-1)) };
}
