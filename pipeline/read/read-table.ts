import type { CsvFormat } from "../experiment/experiment.ts";
import { rowKeys } from "../match/row-keys.ts";
import type { Outcome, Problem } from "../problem.ts";
import type { DataProfile } from "../table/profile.ts";
import { profileTable } from "../table/profile-table.ts";
import type { Column, Table } from "../table/table.ts";
import { columnProblems } from "./column-problems.ts";
import { createCsvCells } from "./csv/csv-cells.ts";
import { readPlainColumns } from "./csv/plain-columns.ts";
import { prepareCsv } from "./csv/prepare-csv.ts";
import { prepareJsonLines } from "./json-lines/prepare-json-lines.ts";
import { type LoadedColumn, loadColumns } from "./load-columns.ts";
import { createParquetCells } from "./parquet/parquet-cells.ts";
import type { PreparedText } from "./prepared-text.ts";
import { withPrivateCopy } from "./private-copy.ts";
import { readContent } from "./read-content.ts";
import { defaultReadLimits, type ReadLimits } from "./read-limits.ts";

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
  /** Size of the content in bytes, decompressed. */
  bytes: number;
}

/** The keys of a table take as much memory as its cells, so that only those of one table are kept, and not for long. */
let latest: { of: readonly Column[]; keys: string[] } | null = null;

/** Lets go of content keys; a table that is asked for them again makes them again. */
export function forgetContentKeys(): void {
  latest = null;
}

/** Columns as they were loaded, with what is needed to explain them. */
interface LoadedFile {
  columns: LoadedColumn[];
  format: DataProfile["format"];
  /** One-based line of a zero-based row; null when the file has no lines. */
  lineOf: ((row: number) => number) | null;
}

/**
 * Reads a data file from a pull request into typed columns: CSV, JSON Lines or Parquet, told apart by content, also
 * compressed with gzip. Nothing is guessed silently: what was detected is in the profile and the notes, and a file
 * that is not a clean table is answered with every problem and its line numbers.
 *
 * Text is brought into one form first (UTF-8, LF, header and blank lines removed); DuckDB only sees a private copy, to
 * which it is locked.
 *
 * @param file local path of the file
 * @param path repository path of the file, for messages
 * @param format how a CSV file is written; the other formats only use `decimal`
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
  const { bytes, kind, gzip } = content.value;
  const size = bytes.length;
  const loaded =
    kind === "parquet"
      ? await loadParquet(bytes, path, format, options, limits)
      : await loadText(
          kind === "csv" ? prepareCsv(bytes, path, format, limits) : prepareJsonLines(bytes, path, limits),
          path,
          format,
          options,
          limits,
        );
  if (!loaded.ok) return loaded;
  const { lineOf } = loaded.value;
  const checked = columnProblems(loaded.value.columns, options.columns, path, lineOf);
  if (!checked.ok) return checked;

  const columns = loaded.value.columns.map(({ column }) => column);
  const [first] = columns;
  const rowCount = first === undefined ? 0 : first.type === "numeric" ? first.values.length : first.codes.length;
  const table: Table = {
    rowCount,
    columns,
    // Not everything that reads a table needs its keys and its profile, which take as long as the rest.
    get contentKeys() {
      if (latest?.of !== columns) latest = { of: columns, keys: rowKeys(rowCount, columns) };
      return latest.keys;
    },
  };
  const written = { ...loaded.value.format, ...(gzip ? { gzip } : {}) };
  let profile: DataProfile | null = null;
  const value: ReadTable = {
    table,
    get profile() {
      profile ??= profileTable(table, written);
      return profile;
    },
    bytes: size,
  };
  return { ok: true, value, notes: [...loaded.notes, ...checked.notes] };
}

async function loadText(
  prepared: Outcome<PreparedText>,
  path: string,
  { decimal }: CsvFormat,
  { columns: types, missing, temporaryFolder }: ReadOptions,
  limits: ReadLimits,
): Promise<Outcome<LoadedFile>> {
  if (!prepared.ok) return prepared;
  const { names, body, lines, format, ...text } = prepared.value;
  const plain = readPlainColumns({ ...text, body, rows: lines.length, names, decimal, missing, types });
  const wanted = names.flatMap((_, at) => (plain[at] === null ? [at] : []));
  const answer = (others: LoadedColumn[]): Outcome<LoadedFile> => {
    const columns = plain.map((column) =>
      column === null ? others.shift()! : { column, infinite: 0, words: { count: 0, first: [] } },
    );
    return { ok: true, notes: prepared.notes, value: { columns, format, lineOf: (row) => lines[row]! } };
  };
  if (wanted.length === 0) return answer([]);
  return withPrivateCopy(body, path, temporaryFolder, async (connection, file) => {
    const request = { ...text, columns: names.length, wanted, missing, maxCellBytes: limits.cellBytes };
    const rejected = await createCsvCells(connection, file, request);
    if (rejected.length > 0) return { ok: false, problems: [rejectedRows(rejected, lines, path)] };
    return answer(await loadColumns(connection, { names: wanted.map((at) => names[at]!), decimal, types }));
  });
}

async function loadParquet(
  bytes: Buffer,
  path: string,
  { decimal }: CsvFormat,
  { columns: types, missing, temporaryFolder }: ReadOptions,
  limits: ReadLimits,
): Promise<Outcome<LoadedFile>> {
  return withPrivateCopy(bytes, path, temporaryFolder, async (connection, file) => {
    const created = await createParquetCells(connection, file, path, missing, limits);
    if (!created.ok) return created;
    const columns = await loadColumns(connection, { names: created.value, decimal, types });
    const format = {
      kind: "parquet" as const,
      delimiter: "none",
      encoding: "utf-8",
      lineEnding: "lf" as const,
      bom: false,
    };
    return { ok: true, notes: created.notes, value: { columns, format, lineOf: null } };
  });
}

function rejectedRows(rejected: { line: number; reason: string }[], lines: readonly number[], path: string): Problem {
  return {
    code: "rejected-rows",
    where: { path },
    message: "Some rows could not be read.",
    written: rejected.map(({ line, reason }) => `line ${lines[line - 1] ?? line}: ${reason.toLowerCase()}`).join("; "),
    remedy: "Correct these rows; check their quotes and delimiters.",
  };
}
