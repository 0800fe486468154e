import type { Outcome, Problem } from "../problem.ts";
import { type DeclaredTypes, declaredType } from "../table/declared-type.ts";
import { columnLength, countMissing } from "../table/table.ts";
import { formatCount, shortenText } from "../words.ts";
import type { LoadedColumn } from "./loaded-file.ts";

/** A column was probably meant to be numeric when at most this share of its values are words … */
const fewWords = 0.1;
/** … or at most this share, all of them one of three words: then they are markers of missing values. */
const markers = { share: 0.5, distinct: 3 };

/**
 * Problems of columns that are declared numeric and have words in them, and notes on columns where a few words (an
 * undeclared missing marker, mostly) or infinite values were found.
 *
 * @param lineOf line in the file of a zero-based data row; null when the file has no lines
 */
export function columnProblems(
  loaded: readonly LoadedColumn[],
  declared: DeclaredTypes,
  path: string,
  lineOf: ((row: number) => number) | null,
): Outcome<null> {
  const problems: Problem[] = [];
  const notes: Problem[] = [];
  for (const { column, infinite, words } of loaded) {
    if (infinite > 0) {
      notes.push({
        code: "infinite-values",
        where: { path },
        message: `${formatCount(infinite)} infinite or NaN cells of column ${shortenText(column.name)} were read as missing.`,
        written: column.name,
        remedy: "Replace them, or list the marker in `missing`.",
      });
    }
    if (words.count === 0 || words.first.length === 0) continue;
    const where = lineOf === null ? { path } : { path, line: lineOf(words.first[0]!.row) };
    const place = (row: number) => (lineOf === null ? `row ${row + 1}` : `line ${lineOf(row)}`);
    const written = words.first.map(({ text, row }) => `${place(row)}: ${shortenText(text)}`).join("; ");
    if (column.type === "numeric") {
      problems.push({
        code: "not-a-number",
        where,
        message: `Column ${shortenText(column.name)} is declared numeric, but ${formatCount(words.count)} cells are not numbers.`,
        written,
        allowed: "numbers such as 12, -0.5 or 1e6, and missing cells",
        remedy: "Correct the cells, list the marker in `missing`, or declare the column categorical.",
      });
    } else if (declaredType(declared, column.name) === undefined && column.type === "categorical") {
      const present = columnLength(column) - countMissing(column);
      const limit = words.first.length <= markers.distinct ? markers.share : fewWords;
      if (words.count <= limit * present) {
        notes.push({
          code: "almost-numeric",
          where,
          message: `Column ${shortenText(column.name)} was read as categorical because ${formatCount(words.count)} of ${formatCount(present)} cells are not numbers.`,
          written,
          remedy:
            "If these cells mean missing, list them in `missing`; otherwise declare the column's type in `columns`.",
        });
      }
    }
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: null, notes };
}
