import type { CsvFormat } from "../../experiment/experiment.ts";
import type { Outcome, Problem } from "../../problem.ts";
import { formatCount } from "../../words.ts";
import type { LoadRequest } from "../loaded-file.ts";
import { nameColumns } from "../name-columns.ts";
import type { PreparedText } from "../prepared-text.ts";
import { type Delimiter, detectDelimiter } from "./detect-delimiter.ts";
import { normalizeText } from "./normalize-text.ts";
import { type RecordScan, scanRecords } from "./scan-records.ts";
import { splitRecord } from "./split-record.ts";
import { structureProblems } from "./structure-problems.ts";

/**
 * Checks CSV text and brings it into one form, or tells every problem of its structure at once. May move bytes of
 * `content` in place.
 */
export function prepareCsv(content: Buffer, { path, format, limits }: LoadRequest): Outcome<PreparedText> {
  const text = normalizeText(content, format.encoding, path);
  if (!text.ok) return text;
  const { bytes, ...detected } = text.value;

  const notes: Problem[] = [];
  const delimiter = format.delimiter ?? chooseDelimiter(bytes, path, notes);
  const scan = scanRecords(bytes, delimiter.charCodeAt(0), { cellBytes: limits.cellBytes, records: limits.rows + 2 });
  const headerLines = format.header ? 1 : 0;
  const rows = scan.lines.length - headerLines;
  const problems = structureProblems(path, { scan, expected: scan.fields, rows, limits });
  // Names are only made of a first line within the limits.
  const firstOversized = scan.oversized.first.some(({ line }) => line === scan.lines[0]);
  if (scan.fields > limits.columns || firstOversized) return { ok: false, problems };
  const named = format.header ? readHeader(bytes, scan, delimiter, path) : declaredNames(format, scan, path);
  if (!named.ok) problems.push(...named.problems);
  if (problems.length > 0 || !named.ok) return { ok: false, problems };
  notes.push(...named.notes, ...textNotes(detected.encoding, format, scan, path));

  const origin = format.header ? scan.firstEnd : 0;
  const blanks = scan.blanks.filter(({ start }) => start >= origin);
  return {
    ok: true,
    notes,
    value: {
      names: named.value,
      body: withoutRanges(bytes.subarray(origin), blanks, origin),
      delimiter,
      padding: scan.padding,
      quotedLineEnd: scan.quotedLineEnd,
      lines: scan.lines.slice(headerLines),
      format: { delimiter, ...detected },
    },
  };
}

function chooseDelimiter(bytes: Buffer, path: string, notes: Problem[]): Delimiter {
  const { delimiter, others } = detectDelimiter(bytes);
  if (others.length > 0) {
    const shown = [delimiter, ...others].map((candidate) => JSON.stringify(candidate)).join(" and ");
    notes.push({
      code: "delimiter-ambiguous",
      where: { path, line: 1 },
      message: `The first lines could be separated by ${shown}; ${JSON.stringify(delimiter)} was taken.`,
      remedy: "Declare format.delimiter.",
    });
  }
  return delimiter;
}

function readHeader(bytes: Buffer, scan: RecordScan, delimiter: Delimiter, path: string): Outcome<string[]> {
  const skipped = scan.blanks.findLast(({ end }) => end <= scan.firstEnd)?.end ?? 0;
  const cells = splitRecord(bytes.toString("utf8", skipped, scan.firstEnd), delimiter);
  return nameColumns(cells, path, scan.lines[0] ?? 1);
}

function declaredNames(format: CsvFormat, scan: RecordScan, path: string): Outcome<string[]> {
  const names = format.names ?? [];
  if (names.length === scan.fields) return { ok: true, value: names, notes: [] };
  return {
    ok: false,
    problems: [
      {
        code: "names-count",
        where: { path, line: scan.lines[0] ?? 1 },
        message: "The number of declared names is not the number of cells in the first line.",
        written: `${formatCount(names.length)} ${names.length === 1 ? "name" : "names"}, ${formatCount(scan.fields)} ${scan.fields === 1 ? "cell" : "cells"}`,
        allowed: "one name per column, in file order",
        remedy: `Correct format.names, or declare format.delimiter.${scan.fields === 1 ? " If the cells are separated by spaces, export the file with commas." : ""}`,
      },
    ],
  };
}

function textNotes(encoding: string, format: CsvFormat, scan: RecordScan, path: string): Problem[] {
  const notes: (Problem | false)[] = [
    encoding === "windows-1252" &&
      format.encoding === null && {
        code: "encoding-assumed",
        where: { path },
        message: "The file is not valid UTF-8 and was read as windows-1252.",
        remedy: "Save the file as UTF-8, or declare format.encoding: windows-1252.",
      },
    scan.blanksInside > 0 && {
      code: "blank-lines",
      where: { path },
      message: `${formatCount(scan.blanksInside)} blank ${scan.blanksInside === 1 ? "line was" : "lines were"} skipped.`,
      remedy: "Remove the blank lines.",
    },
  ];
  return notes.filter((note) => note !== false);
}

/** The bytes without the given ranges, whose offsets count from `origin` bytes before `bytes`. Moves bytes in place. */
function withoutRanges(bytes: Buffer, ranges: readonly { start: number; end: number }[], origin: number): Buffer {
  if (ranges.length === 0) return bytes;
  let length = ranges[0]!.start - origin;
  for (const [index, range] of ranges.entries()) {
    const next = (ranges[index + 1]?.start ?? bytes.length + origin) - origin;
    bytes.copyWithin(length, range.end - origin, next);
    length += next - (range.end - origin);
  }
  return bytes.subarray(0, length);
}
