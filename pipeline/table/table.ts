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

/** The rows of a column, those with a missing cell included. */
export function columnLength(column: Column): number {
  return column.type === "numeric" ? column.values.length : column.codes.length;
}

/** How many cells of a column are missing. */
export function countMissing(column: Column): number {
  let missing = 0;
  if (column.type === "categorical") for (const code of column.codes) missing += code < 0 ? 1 : 0;
  else for (const value of column.values) missing += Number.isFinite(value) ? 0 : 1;
  return missing;
}

/** How many rows hold each category of a column; those without one count nowhere. */
export function countCodes({ codes, categories }: Pick<CategoricalColumn, "codes" | "categories">): Int32Array {
  const counts = new Int32Array(categories.length);
  for (const code of codes) if (code >= 0) counts[code]!++;
  return counts;
}
