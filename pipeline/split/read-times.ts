import type { Column } from "../table/table.ts";
import { parseTime } from "./parse-time.ts";

/** The cells of a column as times that can be ordered. */
export interface Times {
  /** Per row: milliseconds since 1970 for dates, the number itself in a column of numbers; NaN where there is none. */
  values: Float64Array;
  missing: number;
  /** Cells that are neither a date nor missing: how many, and the first five distinct texts with their zero-based rows. */
  unreadable: { count: number; first: { text: string; row: number }[] };
  /** What makes the order doubtful although each cell can be read. */
  mixed: "offsets" | "units" | null;
}

/** A column is read for the split, for its mistakes, and for what leaks; a million distinct times take more than a second. */
const known = new WeakMap<Column, Times>();

/**
 * Reads a column of times: ISO 8601 dates (see `parseTime`), or numbers such as years, days or seconds. A column is one or
 * the other: numbers among dates are unreadable, because nobody could say what they count. The answer for a column is kept as
 * long as the column is: change neither.
 */
export function readTimes(column: Column): Times {
  const times = known.get(column) ?? parseColumn(column);
  known.set(column, times);
  return times;
}

function parseColumn(column: Column): Times {
  if (column.type === "numeric") {
    const missing = column.values.reduce((count, value) => (Number.isNaN(value) ? count + 1 : count), 0);
    return { values: column.values, missing, unreadable: { count: 0, first: [] }, mixed: mixedUnits(column.values) };
  }
  // A column of numbers that was declared categorical is still one of numbers.
  const numbers = column.categories.every((text) => /^[+-]?\d+(\.\d+)?$/.test(text));
  const parsed = Float64Array.from(column.categories, (text) =>
    numbers ? Number(text) : (parseTime(text) ?? Number.NaN),
  );
  const values = new Float64Array(column.codes.length);
  const unreadable: Times["unreadable"] = { count: 0, first: [] };
  const met = new Set<number>();
  let missing = 0;
  for (const [row, code] of column.codes.entries()) {
    values[row] = code < 0 ? Number.NaN : parsed[code]!;
    if (code < 0) missing++;
    else if (Number.isNaN(parsed[code])) {
      unreadable.count++;
      if (met.size < 5 && !met.has(code)) unreadable.first.push({ text: column.categories[code]!, row });
      met.add(code);
    }
  }
  return { values, missing, unreadable, mixed: numbers ? mixedUnits(parsed) : mixedOffsets(column.categories, parsed) };
}

/** Points in time with an offset beside some without: those count as UTC, which may not be what was meant. */
function mixedOffsets(texts: readonly string[], parsed: Float64Array): "offsets" | null {
  let [zoned, naive] = [false, false];
  for (const [at, text] of texts.entries()) {
    // A day has no offset, and needs none.
    if (text.length <= "2024-03-01".length || Number.isNaN(parsed[at])) continue;
    if (/[Zz]$|[+-]\d\d(:?\d\d)?$/.test(text.slice("2024-03-01T12".length))) zoned = true;
    else naive = true;
    if (zoned && naive) return "offsets";
  }
  return null;
}

/**
 * Seconds since 1970 beside milliseconds: numbers of both sizes (of the years 1973 to 2286), and none between, as a
 * quantity that merely spans far would have.
 */
function mixedUnits(values: Float64Array): "units" | null {
  let [seconds, between, milliseconds] = [0, 0, 0];
  for (const value of values) {
    if (value >= 1e8 && value < 1e10) seconds++;
    else if (value >= 1e10 && value < 1e11) between++;
    else if (value >= 1e11 && value < 1e13) milliseconds++;
  }
  return seconds > 0 && milliseconds > 0 && between === 0 ? "units" : null;
}
