import { lstat, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CsvFormat } from "../experiment/experiment.ts";
import type { Outcome, Problem } from "../problem.ts";
import { columnProblems } from "./column-problems.ts";
import { type Delimiter, detectDelimiter } from "./detect-delimiter.ts";
import { type LoadRequest, loadColumns } from "./load-columns.ts";
import { nameColumns } from "./name-columns.ts";
import { normalizeText } from "./normalize-text.ts";
import type { DataProfile } from "./profile.ts";
import { profileTable } from "./profile-table.ts";
import { defaultReadLimits, type ReadLimits } from "./read-limits.ts";
import { refuseContent } from "./refuse-content.ts";
import { rowKeys } from "./row-keys.ts";
import { type RecordScan, scanRecords } from "./scan-records.ts";
import { splitRecord } from "./split-record.ts";
import { structureProblems } from "./structure-problems.ts";
import type { Table } from "./table.ts";

export interface ReadOptions {
  /** Cells that mean missing, after trimming; the empty cell always does. */
  missing: readonly string[];
  /** Declared column types. Names that are not in the file are ignored here. */
  columns: Readonly<Record<string, "numeric" | "categorical">>;
  limits?: ReadLimits;
  /** Folder for a temporary copy, removed before the answer. Default: the system's. */
  temporaryFolder?: string;
}

export interface ReadTable {
  table: Table;
  profile: DataProfile;
}

/**
 * Reads a CSV file from a pull request into typed columns. Nothing is guessed silently: what was detected is in the
 * profile and the notes, and a file that is not a clean table is answered with every problem and its line numbers.
 *
 * The bytes are brought into one form first (UTF-8, LF, header and blank lines removed) and only that copy is shown to
 * DuckDB, which is locked to it.
 *
 * @param file local path of the file
 * @param path repository path of the file, for messages
 */
export async function readTable(
  file: string,
  path: string,
  format: CsvFormat,
  options: ReadOptions,
): Promise<Outcome<ReadTable>> {
  const limits = options.limits ?? defaultReadLimits;
  const content = await readContent(file, path, limits);
  if (!content.ok) return content;
  const text = normalizeText(content.value, format.encoding, path);
  if (!text.ok) return text;
  const { bytes, ...detected } = text.value;

  const notes: Problem[] = [];
  const delimiter = format.delimiter ?? chooseDelimiter(bytes, path, notes);
  const scan = scanRecords(bytes, delimiter.charCodeAt(0), { cellBytes: limits.cellBytes, records: limits.rows + 2 });
  const rows = scan.lines.length - (format.header ? 1 : 0);
  const named = format.header ? readHeader(bytes, scan, delimiter, path) : declaredNames(format, scan, path);
  const problems = structureProblems(scan, path, scan.fields, rows, limits);
  if (!named.ok && scan.fields <= limits.columns) problems.push(...named.problems);
  if (problems.length > 0 || !named.ok) return { ok: false, problems };
  notes.push(...named.notes, ...textNotes(detected.encoding, format, scan, path));

  const request: Omit<LoadRequest, "file"> = {
    names: named.value,
    delimiter,
    decimal: format.decimal,
    missing: options.missing,
    types: options.columns,
    padding: scan.padding,
    quotedLineEnd: scan.quotedLineEnd,
    maxCellBytes: limits.cellBytes,
  };
  const body = format.header ? bytes.subarray(scan.firstEnd) : bytes;
  const blanks = format.header ? scan.blanks.filter(({ start }) => start >= scan.firstEnd) : scan.blanks;
  const offset = format.header ? scan.firstEnd : 0;
  const loaded = await loadCopy(withoutRanges(body, blanks, offset), request, path, options.temporaryFolder);
  if (!loaded.ok) return loaded;
  const lineOf = (row: number) => scan.lines[row + (format.header ? 1 : 0)]!;
  const checked = columnProblems(loaded.value, options.columns, path, lineOf);
  if (!checked.ok) return checked;
  notes.push(...checked.notes);

  const columns = loaded.value.map(({ column }) => column);
  const table = { rowCount: rows, columns, contentKeys: rowKeys(rows, columns) };
  const profile = profileTable(table, { delimiter, ...detected });
  return { ok: true, value: { table, profile }, notes };
}

async function readContent(file: string, path: string, limits: ReadLimits): Promise<Outcome<Buffer>> {
  const fail = (problem: Omit<Problem, "where">): Outcome<never> => ({
    ok: false,
    problems: [{ ...problem, where: { path } }],
  });
  const status = await lstat(file).catch(() => null);
  if (status === null || !status.isFile()) {
    return fail({
      code: status === null ? "file-missing" : "not-a-file",
      message: status === null ? "The data file does not exist." : "The data path is not a regular file.",
      remedy: "Name an existing CSV file in `data`.",
    });
  }
  if (status.size > limits.bytes) {
    return fail({
      code: "file-too-large",
      message: "The data file is too large to be reviewed.",
      written: `${(status.size / 1e6).toFixed(1)} MB`,
      allowed: `at most ${(limits.bytes / 1e6).toFixed(1)} MB`,
      remedy: "Commit a sample of the data for review.",
    });
  }
  const content = await readFile(file);
  const refusal = refuseContent(content, path);
  if (refusal !== null) return { ok: false, problems: [refusal] };
  if (
    content
      .toString("latin1", 0, 4096)
      .replace(/^\xef\xbb\xbf/, "")
      .trim() === "" &&
    isBlank(content)
  ) {
    return fail({ code: "empty-file", message: "The data file is empty.", remedy: "Commit the data." });
  }
  return { ok: true, value: content, notes: [] };
}

function isBlank(content: Buffer): boolean {
  return !content.some((byte) => byte > 32 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf);
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
        written: `${names.length} names, ${scan.fields} cells`,
        allowed: "one name per column, in file order",
        remedy: "Correct format.names, or declare format.delimiter.",
      },
    ],
  };
}

function textNotes(encoding: string, format: CsvFormat, scan: RecordScan, path: string): Problem[] {
  const notes: Problem[] = [];
  if (encoding === "windows-1252" && format.encoding === null) {
    notes.push({
      code: "encoding-assumed",
      where: { path },
      message: "The file is not valid UTF-8 and was read as windows-1252.",
      remedy: "Save the file as UTF-8, or declare format.encoding: windows-1252.",
    });
  }
  if (scan.blanksInside > 0) {
    notes.push({
      code: "blank-lines",
      where: { path },
      message: `${scan.blanksInside} blank ${scan.blanksInside === 1 ? "line was" : "lines were"} skipped.`,
      remedy: "Remove the blank lines.",
    });
  }
  return notes;
}

async function loadCopy(body: Buffer, request: Omit<LoadRequest, "file">, path: string, parent = tmpdir()) {
  const folder = await mkdtemp(join(parent, "modelsync-table-"));
  try {
    const file = join(folder, "body.csv");
    await writeFile(file, body, { mode: 0o600 });
    const loaded = await loadColumns({ ...request, file });
    if (!("rejected" in loaded)) return { ok: true as const, value: loaded, notes: [] };
    return { ok: false as const, problems: [rejectedRows(loaded.rejected, path)] };
  } catch (error) {
    return { ok: false as const, problems: [unreadable(error, path)] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function rejectedRows(rejected: { line: number; reason: string }[], path: string): Problem {
  return {
    code: "rejected-rows",
    where: { path },
    message: "Some rows could not be read.",
    written: rejected.map(({ line, reason }) => `row ${line}: ${reason.toLowerCase()}`).join("; "),
    remedy: "Correct these rows; check their quotes and delimiters.",
  };
}

function unreadable(error: unknown, path: string): Problem {
  const memory = /out of memory/i.test(String(error));
  return {
    code: memory ? "too-much-memory" : "unreadable",
    where: { path },
    message: memory ? "Reading the file needs more memory than is allowed." : "The file could not be read as CSV.",
    remedy: memory ? "Commit a smaller sample of the data." : "Check the file's quotes and delimiters.",
  };
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
