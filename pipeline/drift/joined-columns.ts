import { countEach } from "../stats/count-each.ts";
import type { CategoricalColumn, Column, Table } from "../table/table.ts";
import { rareShare } from "./default-drift-options.ts";
import { otherLabel } from "./paired-counts.ts";

/** Rows of both sides under each other: the base's first, then the head's. */
export interface JoinedRows {
  columns: Column[];
  rowCount: number;
  /** Columns that exist on both sides in one type, those without anything to learn from included. */
  shared: number;
}

/**
 * Joins the rows of both sides in the columns of the same name and type, among `names`. Categories under 1 % of the joined
 * rows become `(other)`; a categorical column in which nothing is left but that, or in which every row holds the same, is
 * left out, as is a numeric one without values.
 */
export function joinColumns(
  base: { table: Table; rows: Int32Array },
  head: { table: Table; rows: Int32Array },
  names: readonly string[],
): JoinedRows {
  const after = new Map(head.table.columns.map((column) => [column.name, column]));
  const wanted = new Set(names);
  let shared = 0;
  const columns = base.table.columns.flatMap((before): Column[] => {
    const other = after.get(before.name);
    if (!wanted.has(before.name) || other === undefined) return [];
    if (before.type === "numeric" && other.type === "numeric") {
      shared++;
      const values = Float64Array.from([
        ...Array.from(base.rows, (row) => before.values[row]!),
        ...Array.from(head.rows, (row) => other.values[row]!),
      ]);
      return values.every(Number.isNaN) ? [] : [{ name: before.name, type: "numeric", values }];
    }
    if (before.type === "categorical" && other.type === "categorical") {
      shared++;
      const cells = [
        ...Array.from(base.rows, (row) => before.categories[before.codes[row]!] ?? null),
        ...Array.from(head.rows, (row) => other.categories[other.codes[row]!] ?? null),
      ];
      return withoutRare(before.name, cells);
    }
    return [];
  });
  return { columns, rowCount: base.rows.length + head.rows.length, shared };
}

function withoutRare(name: string, cells: (string | null)[]): CategoricalColumn[] {
  const counts = countEach(cells.filter((cell) => cell !== null));
  const common = [...counts].filter(([, count]) => count >= rareShare * cells.length).map(([category]) => category);
  if (common.length === 0) return [];
  const categories = [...new Set([...common, ...(counts.size > common.length ? [otherLabel] : [])])].sort();
  const places = new Map(categories.map((category, code) => [category, code]));
  const other = places.get(otherLabel) ?? -1;
  const codes = Int32Array.from(cells, (cell) => (cell === null ? -1 : (places.get(cell) ?? other)));
  return codes.every((code) => code === codes[0]) ? [] : [{ name, type: "categorical", codes, categories }];
}
