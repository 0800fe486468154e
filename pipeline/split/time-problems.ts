import { formatCount } from "../format-count.ts";
import type { Problem } from "../problem.ts";
import type { Times } from "./read-times.ts";

/** A column of times, and where the experiment names it. */
export interface TimeRole {
  key: "split.column" | "time";
  column: string;
}

/** Cells that are no times. The rows are counted from 1 over all files of the data, as in `predictions.csv`. */
export function unreadableTimes(
  { key, column }: TimeRole,
  { count, first }: Times["unreadable"],
  path: string,
): Problem {
  return {
    code: "not-a-time",
    where: { path, key },
    message: `Column ${shorten(column)} has ${count === 1 ? "1 cell that is not a time" : `${formatCount(count)} cells that are not times`}.`,
    written: first.map(({ text, row }) => `row ${row + 1}: ${shorten(text)}`).join("; "),
    allowed: "ISO 8601 dates such as 2024-03-01 or 2024-03-01T12:30:00Z in every row, or numbers in every row",
    remedy: `Write the times in one of these forms, or ${key === "time" ? "name another column" : "split by another column"}.`,
  };
}

/** A note on times whose order may not be what was meant; none when nothing is doubtful. */
export function doubtfulTimes({ key, column }: TimeRole, { mixed }: Times, path: string): Problem[] {
  if (mixed === null) return [];
  const offsets = mixed === "offsets";
  return [
    {
      code: offsets ? "mixed-offsets" : "mixed-time-units",
      where: { path, key },
      message: offsets
        ? `Some times in column ${shorten(column)} have an offset and some have none; those without count as UTC.`
        : `Some numbers in column ${shorten(column)} look like seconds since 1970 and some like milliseconds, which are all ordered after them.`,
      written: shorten(column),
      allowed: offsets ? "an offset such as Z or +02:00 in every time, or in none" : "one unit in every row",
      remedy: offsets ? "Write every time with its offset." : "Write every number in one unit.",
    },
  ];
}

export function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}
