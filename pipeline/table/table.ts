/** A table in memory: typed columns of equal length, in file order. */
export interface Table {
  rowCount: number;
  columns: Column[];
}

export type Column = NumericColumn | CategoricalColumn;

export interface NumericColumn {
  name: string;
  type: "numeric";
  /** NaN means missing; infinities never occur (they are read as missing and counted in a note). */
  values: Float64Array;
}

export interface CategoricalColumn {
  name: string;
  type: "categorical";
  /** Index into `categories`; −1 means missing. */
  codes: Int32Array;
  /** Distinct values sorted by UTF-16 code unit, so that row order changes nothing. */
  categories: string[];
}
