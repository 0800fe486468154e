import type { Problem } from "../../problem.ts";
import { formatCount } from "../../words.ts";
import { tooManyCells } from "../cell-problems.ts";
import type { ReadLimits } from "../read-limits.ts";
import type { RecordScan, Spots } from "./scan-records.ts";

interface Asked {
  scan: RecordScan;
  /** Number of cells that every row needs. */
  expected: number;
  /** Number of data rows, without the header. */
  rows: number;
  limits: ReadLimits;
}

/**
 * What keeps scanned CSV text from being a table: unclosed quotes, rows of the wrong length, rows, columns and cells
 * over the limits, no rows.
 */
export function structureProblems(path: string, asked: Asked): Problem[] {
  // What comes after an open quote says nothing.
  const asksFor = asked.scan.unclosedQuote === null ? rules : [unclosedQuote];
  return asksFor.flatMap((rule) => rule({ path }, asked) ?? []);
}

type Rule = (where: { path: string }, asked: Asked) => Problem | Problem[] | null;

const unclosedQuote: Rule = (where, { scan }) => ({
  code: "unclosed-quote",
  where: { ...where, line: scan.unclosedQuote ?? 1 },
  message: "A quoted cell that starts here is never closed.",
  remedy: 'Close the quote; inside a quoted cell a quote is written twice ("").',
});

const rules: readonly Rule[] = [
  (where, { scan, expected, limits }) =>
    expected <= limits.columns
      ? null
      : {
          code: "too-many-columns",
          where: { ...where, line: scan.lines[0] ?? 1 },
          message: "The file has too many columns.",
          written: `${formatCount(expected)} columns`,
          allowed: `at most ${formatCount(limits.columns)} columns`,
          remedy: "Leave out columns that are not needed, or store the table with one row per measurement.",
        },
  (where, { scan, limits }) =>
    scan.lines.length <= limits.rows
      ? null
      : {
          code: "too-many-rows",
          where,
          message: "The file has too many rows.",
          allowed: `at most ${formatCount(limits.rows)} rows`,
          remedy: "Review a sample of the data.",
        },
  ({ path }, { scan, expected, rows, limits }) =>
    expected > limits.columns || scan.lines.length > limits.rows ? null : tooManyCells(path, rows, expected, limits),
  (where, { scan: { ragged }, expected, rows }) =>
    ragged.count === 0
      ? null
      : {
          code: "ragged-rows",
          where: { ...where, line: ragged.first[0]!.line },
          message: `Rows that do not have ${cells(expected)}: ${formatCount(ragged.count)} of ${formatCount(rows)}.`,
          written: spots(ragged, cells),
          allowed: `${cells(expected)} in every row, as in the first line`,
          remedy: everyRowHasOneMore(ragged, rows, expected)
            ? "Name the first column in the header; R writes row names without one."
            : "Correct these rows; quote cells that contain the delimiter, or declare format.delimiter.",
        },
  (where, { scan: { strayQuotes } }) =>
    strayQuotes.count === 0
      ? null
      : {
          code: "stray-quote",
          where: { ...where, line: strayQuotes.first[0]!.line },
          message: `Cells with text after a closing quote: ${formatCount(strayQuotes.count)}.`,
          written: strayQuotes.first.map(({ line, detail }) => `line ${line}, cell ${detail}`).join("; "),
          allowed: 'a quote at the start and at the end of a cell, and "" for a quote inside it',
          remedy: "Correct the quotes in these rows.",
        },
  (where, { scan: { oversized }, limits }) =>
    oversized.count === 0
      ? null
      : {
          code: "cell-too-large",
          where: { ...where, line: oversized.first[0]!.line },
          message: `Cells that are too large: ${formatCount(oversized.count)}.`,
          written: spots(oversized, (bytes) => `${formatCount(bytes)} bytes`),
          allowed: `at most ${formatCount(limits.cellBytes)} bytes per cell`,
          remedy: "Look for a missing quote; keep long text and images out of the table.",
        },
  (where, { rows }) =>
    rows > 0
      ? null
      : {
          code: "no-rows",
          where,
          message: "The file has a header line and no rows.",
          remedy: "Add the data. If the first line is data, declare format.header: false with format.names.",
        },
];

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
