import type { ColumnSplit } from "../experiment/experiment.ts";
import type { Problem } from "../problem.ts";

/** Rows that cannot be put on a side. */
export function splitColumnMissing(split: ColumnSplit, missing: number, rows: number, path: string): Problem {
  return {
    code: "split-value-missing",
    where: { path, key: "split.column" },
    message: `The column that splits by ${split.by} has no value in ${missing} of ${rows} rows.`,
    written: shorten(split.column),
    allowed: "a value in every row whose target is known",
    remedy: "Fill in the values, or remove these rows.",
  };
}

export function unreadableTimes(
  split: ColumnSplit,
  { count, first }: { count: number; first: readonly string[] },
  path: string,
): Problem {
  return {
    code: "not-a-time",
    where: { path, key: "split.column" },
    message: `Column ${shorten(split.column)} has ${count} cells that are not times.`,
    written: first.map(shorten).join("; "),
    allowed: "ISO 8601 dates such as 2024-03-01 or 2024-03-01T12:30:00Z in every row, or numbers in every row",
    remedy: "Write the times in one of these forms, or split by another column.",
  };
}

export function singleTime(split: ColumnSplit, rows: number, path: string): Problem {
  return {
    code: "single-time",
    where: { path, key: "split.column" },
    message: `All ${rows} rows have the same time, so none are later than others.`,
    written: shorten(split.column),
    allowed: "at least two different times",
    remedy: "Split by another column, or by hash.",
  };
}

function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}
