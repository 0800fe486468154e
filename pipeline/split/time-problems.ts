import type { Problem } from "../problem.ts";
import { formatCount, shortenText } from "../words.ts";
import type { Times } from "./read-times.ts";

/** A column of times, and where the experiment names it. */
export interface TimeRole {
  key: "split.column" | "time";
  column: string;
}

/** What is wrong, or doubtful, with a column of times. */
export const timeProblem = {
  /** The rows are counted from 1 over all files of the data, as in `predictions.csv`. */
  unreadable: ({ key, column }: TimeRole, { count, first }: Times["unreadable"], path: string): Problem => ({
    code: "not-a-time",
    where: { path, key },
    message: `Column ${shortenText(column)} has ${count === 1 ? "1 cell that is not a time" : `${formatCount(count)} cells that are not times`}.`,
    written: first.map(({ text, row }) => `row ${row + 1}: ${shortenText(text)}`).join("; "),
    allowed: "ISO 8601 dates such as 2024-03-01 or 2024-03-01T12:30:00Z in every row, or numbers in every row",
    remedy: `Write the times in one of these forms, or ${key === "time" ? "name another column" : "split by another column"}.`,
  }),
  none: ({ key, column }: TimeRole, rows: number, path: string): Problem => ({
    code: "time-empty",
    where: { path, key },
    message: `The column of times has no value in any of ${formatCount(rows)} rows.`,
    written: shortenText(column),
    allowed: "a time in the rows whose target is known",
    remedy: "Fill in the times, or remove time from the experiment.",
  }),
  missing: ({ key, column }: TimeRole, missing: number, rows: number, path: string): Problem => ({
    code: "time-missing",
    where: { path, key },
    message: `The column of times has no value in ${formatCount(missing)} of ${formatCount(rows)} rows, which are left aside where times are compared.`,
    written: shortenText(column),
    remedy: "Fill in the times, if they are known.",
  }),
  single: ({ key, column }: TimeRole, rows: number, path: string): Problem => ({
    code: "single-time",
    where: { path, key },
    message: `All ${formatCount(rows)} rows have the same time, so none are later than others.`,
    written: shortenText(column),
    allowed: "at least two different times",
    remedy:
      key === "time"
        ? "Name another column as time, or remove it from the experiment."
        : "Split by another column, or by hash.",
  }),
  mixedOffsets: ({ key, column }: TimeRole, path: string): Problem => ({
    code: "mixed-offsets",
    where: { path, key },
    message: `Some times in column ${shortenText(column)} have an offset and some have none; those without count as UTC.`,
    written: shortenText(column),
    allowed: "an offset such as Z or +02:00 in every time, or in none",
    remedy: "Write every time with its offset.",
  }),
  mixedUnits: ({ key, column }: TimeRole, path: string): Problem => ({
    code: "mixed-time-units",
    where: { path, key },
    message: `Some numbers in column ${shortenText(column)} look like seconds since 1970 and some like milliseconds, which are all ordered after them.`,
    written: shortenText(column),
    allowed: "one unit in every row",
    remedy: "Write every number in one unit.",
  }),
};

/** A note on times whose order may not be what was meant; none when nothing is doubtful. */
export function doubtfulTimes(role: TimeRole, { mixed }: Times, path: string): Problem[] {
  if (mixed === null) return [];
  return [mixed === "offsets" ? timeProblem.mixedOffsets(role, path) : timeProblem.mixedUnits(role, path)];
}
