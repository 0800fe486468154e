import { parseTime } from "./parse-time.ts";
import type { Column } from "./table.ts";

/** The cells of a column as times that can be ordered. */
export interface Times {
  /** Per row: milliseconds since 1970 for dates, the number itself in a column of numbers; NaN where there is none. */
  values: Float64Array;
  missing: number;
  /** Cells that are neither a date nor missing: how many, and the first five distinct texts. */
  unreadable: { count: number; first: string[] };
}

/**
 * Reads a column of times: ISO 8601 dates (see `parseTime`), or numbers such as years, days or seconds. A column is one or
 * the other: numbers among dates are unreadable, because nobody could say what they count.
 */
export function readTimes(column: Column): Times {
  if (column.type === "numeric") {
    const missing = column.values.reduce((count, value) => (Number.isNaN(value) ? count + 1 : count), 0);
    return { values: column.values, missing, unreadable: { count: 0, first: [] } };
  }
  // A column of numbers that was declared categorical is still one of numbers.
  const numbers = column.categories.every((text) => /^[+-]?\d+(\.\d+)?$/.test(text));
  const parsed = Float64Array.from(column.categories, (text) =>
    numbers ? Number(text) : (parseTime(text) ?? Number.NaN),
  );
  const values = new Float64Array(column.codes.length);
  let missing = 0;
  let count = 0;
  for (const [row, code] of column.codes.entries()) {
    values[row] = code < 0 ? Number.NaN : parsed[code]!;
    if (code < 0) missing++;
    else if (Number.isNaN(parsed[code])) count++;
  }
  const first = column.categories.filter((_, code) => Number.isNaN(parsed[code])).slice(0, 5);
  return { values, missing, unreadable: { count, first } };
}
