import type { Column } from "./table.ts";

/** The rows of a column, those with a missing cell included. */
export function columnLength(column: Column): number {
  return column.type === "numeric" ? column.values.length : column.codes.length;
}
