import type { Column } from "../../table/table.ts";

/** Whether a column counts the rows, in any order: whole numbers without a gap, each once. It may be made anew at any time. */
export function isRunningNumber(column: Column): boolean {
  if (column.type !== "numeric" || column.values.length < 2) return false;
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of column.values) {
    if (!Number.isSafeInteger(value)) return false;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (most - least !== column.values.length - 1) return false;
  const seen = new Uint8Array(column.values.length);
  for (const value of column.values) {
    if (seen[value - least] === 1) return false;
    seen[value - least] = 1;
  }
  return true;
}
