import type { Column } from "../table/table.ts";

/** Whether a data row of a file belongs to a slice. */
export type RowCondition = (row: number) => boolean;

/** How a slice names the rows without a value. */
export const missingValue = "(missing)";

const comparison = /^(<=|>=|<|>|≤|≥)\s*(-?[\d.]+(?:e[+-]?\d+)?)$/i;
const range = /^(-?[\d.]+(?:e[+-]?\d+)?) to (-?[\d.]+(?:e[+-]?\d+)?)$/i;

/**
 * Reads the value of a slice as a condition on the rows of a column, or says why it cannot be one.
 *
 * A categorical value is compared as it is. A numeric one is a number, `<30`, `<=30`, `>30`, `>=30` or `20 to 30` (from
 * 20 to below 30). `(missing)` names the rows without a value of either type.
 */
export function sliceCondition(column: Column, value: string): RowCondition | { problem: string } {
  if (column.type === "categorical") {
    const code = value === missingValue && !column.categories.includes(value) ? -1 : column.categories.indexOf(value);
    if (code === -1 && value !== missingValue) return { problem: `no row has ${column.name} = "${value}"` };
    return (row) => column.codes[row] === code;
  }
  const { values } = column;
  if (value === missingValue) return (row) => Number.isNaN(values[row]);
  const test = numberTest(value.trim());
  if (test === null) {
    const allowed = "a number, <30, <=30, >30, >=30, 20 to 30 or (missing)";
    return { problem: `"${value}" does not name rows of the numeric column ${column.name}; allowed: ${allowed}` };
  }
  return (row) => test(values[row]!);
}

function numberTest(value: string): ((cell: number) => boolean) | null {
  const between = range.exec(value);
  if (between) {
    const [low, high] = [Number(between[1]), Number(between[2])];
    return Number.isNaN(low + high) ? null : (cell) => cell >= low && cell < high;
  }
  const compared = comparison.exec(value);
  if (compared) {
    const limit = Number(compared[2]);
    if (Number.isNaN(limit)) return null;
    switch (compared[1]) {
      case "<":
        return (cell) => cell < limit;
      case ">":
        return (cell) => cell > limit;
      case "<=":
      case "≤":
        return (cell) => cell <= limit;
      default:
        return (cell) => cell >= limit;
    }
  }
  const exact = value === "" ? Number.NaN : Number(value);
  return Number.isFinite(exact) ? (cell) => cell === exact : null;
}
