import { formatCount } from "../../format-count.ts";
import type { Problem } from "../../problem.ts";
import type { ReadLimits } from "../read-limits.ts";
import type { RecordScan, Spots } from "./scan-records.ts";

/**
 * What keeps scanned CSV text from being a table: unclosed quotes, rows of the wrong length, rows, columns and cells
 * over the limits, no rows.
 *
 * @param expected number of cells every row needs
 * @param rows number of data rows, without the header
 */
export function structureProblems(
  scan: RecordScan,
  path: string,
  expected: number,
  rows: number,
  limits: ReadLimits,
): Problem[] {
  if (scan.unclosedQuote !== null) {
    return [
      {
        code: "unclosed-quote",
        where: { path, line: scan.unclosedQuote },
        message: "A quoted cell that starts here is never closed.",
        remedy: 'Close the quote; inside a quoted cell a quote is written twice ("").',
      },
    ];
  }
  const problems: Problem[] = [];
  if (expected > limits.columns) {
    problems.push({
      code: "too-many-columns",
      where: { path, line: scan.lines[0] ?? 1 },
      message: "The file has too many columns.",
      written: `${formatCount(expected)} columns`,
      allowed: `at most ${formatCount(limits.columns)} columns`,
      remedy: "Leave out columns that are not needed, or store the table with one row per measurement.",
    });
  }
  if (scan.lines.length > limits.rows) {
    problems.push({
      code: "too-many-rows",
      where: { path },
      message: "The file has too many rows.",
      allowed: `at most ${formatCount(limits.rows)} rows`,
      remedy: "Review a sample of the data.",
    });
  }
  if (scan.ragged.count > 0) {
    problems.push({
      code: "ragged-rows",
      where: { path, line: scan.ragged.first[0]!.line },
      message: `Rows that do not have ${cells(expected)}: ${formatCount(scan.ragged.count)} of ${formatCount(rows)}.`,
      written: spots(scan.ragged, cells),
      allowed: `${cells(expected)} in every row, as in the first line`,
      remedy: everyRowHasOneMore(scan.ragged, rows, expected)
        ? "Name the first column in the header; R writes row names without one."
        : "Correct these rows; quote cells that contain the delimiter, or declare format.delimiter.",
    });
  }
  if (scan.strayQuotes.count > 0) {
    problems.push({
      code: "stray-quote",
      where: { path, line: scan.strayQuotes.first[0]!.line },
      message: `Cells with text after a closing quote: ${formatCount(scan.strayQuotes.count)}.`,
      written: scan.strayQuotes.first.map(({ line, detail }) => `line ${line}, cell ${detail}`).join("; "),
      allowed: 'a quote at the start and at the end of a cell, and "" for a quote inside it',
      remedy: "Correct the quotes in these rows.",
    });
  }
  if (scan.oversized.count > 0) {
    problems.push({
      code: "cell-too-large",
      where: { path, line: scan.oversized.first[0]!.line },
      message: `Cells that are too large: ${formatCount(scan.oversized.count)}.`,
      written: spots(scan.oversized, (bytes) => `${formatCount(bytes)} bytes`),
      allowed: `at most ${formatCount(limits.cellBytes)} bytes per cell`,
      remedy: "Look for a missing quote; keep long text and images out of the table.",
    });
  }
  if (rows <= 0) {
    problems.push({
      code: "no-rows",
      where: { path },
      message: "The file has a header line and no rows.",
      remedy: "Add the data. If the first line is data, declare format.header: false with format.names.",
    });
  }
  return problems;
}

function everyRowHasOneMore(ragged: Spots, rows: number, expected: number): boolean {
  return ragged.count === rows && ragged.first.every(({ detail }) => detail === expected + 1);
}

function cells(count: number): string {
  return count === 1 ? "1 cell" : `${formatCount(count)} cells`;
}

function spots(found: Spots, describe: (detail: number) => string): string {
  const shown = found.first.map(({ line, detail }) => `line ${line}: ${describe(detail)}`).join("; ");
  return found.count > found.first.length ? `${shown}; …` : shown;
}
