import { closestName } from "../experiment/closest-name.ts";
import type { ColumnSplit } from "../experiment/experiment.ts";
import type { Problem } from "../problem.ts";
import { formatCount, listNames, shortenText } from "../words.ts";

/** A column as an experiment names it. */
export interface NamedColumn {
  /** What the column is for, as in the problem's code. */
  role: "target" | "key" | "time" | "split-column" | "feature" | "excluded-column" | "typed-column";
  /** Where the experiment names it. */
  key: string;
  name: string;
}

/** Why an experiment cannot be run on a table, or only on a part of it. */
export const selectionProblem = {
  /**
   * @param known names of the columns that are there
   * @param hint what else may be wrong, when no known name is similar
   */
  absent: ({ role, key, name }: NamedColumn, known: readonly string[], path: string, hint = ""): Problem => ({
    code: `${role}-absent`,
    where: { path, key },
    message: `The data has no column ${shortenText(name)}.`,
    written: shortenText(name),
    allowed: listNames(known),
    remedy: didYouMean(closestName(name, known)) ?? `Correct ${key}, or add the column.${hint}`,
  }),
  noFeatures: (known: readonly string[], path: string): Problem => ({
    code: "no-features",
    where: { path },
    message: "No column is left to learn from.",
    written: listNames(known),
    allowed: "at least one column besides target, key and excluded ones",
    remedy: "Add columns, or shorten `exclude`.",
  }),
  /** Rows that cannot be put on a side. */
  splitValueMissing: ({ by, column }: ColumnSplit, missing: number, rows: number, path: string): Problem => ({
    code: "split-value-missing",
    where: { path, key: "split.column" },
    message: `The column that splits by ${by} has no value in ${formatCount(missing)} of ${formatCount(rows)} rows.`,
    written: shortenText(column),
    allowed: "a value in every row whose target is known",
    remedy: "Fill in the values, or remove these rows.",
  }),
  targetMissing: (target: string, missing: number, rows: number, path: string): Problem => ({
    code: "target-missing",
    where: { path },
    message: `${formatCount(missing)} of ${formatCount(rows)} rows ${missing === 1 ? "has no target and was" : "have no target and were"} left out.`,
    written: shortenText(target),
    remedy: missing === 1 ? "Label this row, or remove it." : "Label these rows, or remove them.",
  }),
};

/** A name with spaces or signs is quoted, so that one sees where it ends. */
function didYouMean(name: string | null): string | null {
  if (name === null) return null;
  const shown = shortenText(name);
  return `Did you mean ${/^[\p{L}\p{N}_.-]+$/u.test(shown) ? shown : JSON.stringify(shown)}?`;
}
