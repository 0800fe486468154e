import type { ColumnSplit } from "../experiment/experiment.ts";
import type { Problem } from "../problem.ts";
import { formatCount, shortenText } from "../words.ts";

/** Rows that cannot be put on a side. */
export function splitColumnMissing(split: ColumnSplit, missing: number, rows: number, path: string): Problem {
  return {
    code: "split-value-missing",
    where: { path, key: "split.column" },
    message: `The column that splits by ${split.by} has no value in ${formatCount(missing)} of ${formatCount(rows)} rows.`,
    written: shortenText(split.column),
    allowed: "a value in every row whose target is known",
    remedy: "Fill in the values, or remove these rows.",
  };
}
