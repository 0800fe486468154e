import type { Column } from "./table.ts";

/** How many cells of a column are missing. */
export function countMissing(column: Column): number {
  let missing = 0;
  if (column.type === "categorical") for (const code of column.codes) missing += code < 0 ? 1 : 0;
  else for (const value of column.values) missing += Number.isNaN(value) ? 1 : 0;
  return missing;
}
