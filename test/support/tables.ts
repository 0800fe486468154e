import type { CategoricalColumn, Column, NumericColumn, Table } from "../../pipeline/table/table.ts";

/** A numeric column; `null` is a missing cell. */
export function numeric(name: string, values: readonly (number | null)[]): NumericColumn {
  return { name, type: "numeric", values: Float64Array.from(values, (value) => value ?? Number.NaN) };
}

/** A categorical column; `null` is a missing cell. */
export function categorical(name: string, values: readonly (string | null)[]): CategoricalColumn {
  const categories = [...new Set(values.filter((value) => value !== null))].sort();
  const codes = new Map(categories.map((category, code) => [category, code]));
  return {
    name,
    type: "categorical",
    codes: Int32Array.from(values, (value) => (value === null ? -1 : codes.get(value)!)),
    categories,
  };
}

/** A table of columns of equal length. */
export function tableOf(...columns: Column[]): Table {
  const first = columns[0];
  const rowCount = first === undefined ? 0 : first.type === "numeric" ? first.values.length : first.codes.length;
  return { rowCount, columns };
}
