import type { CsvFormat } from "../experiment/experiment.ts";
import type { Outcome } from "../problem.ts";
import type { DataProfile } from "../table/profile.ts";
import { profileTable } from "../table/profile-table.ts";
import { columnLength, type Table } from "../table/table.ts";
import { columnProblems } from "./column-problems.ts";
import { kindOf } from "./formats.ts";
import type { LoadRequest } from "./loaded-file.ts";
import { readContent } from "./read-content.ts";
import { defaultReadLimits } from "./read-limits.ts";

/** Declared types of columns that are not in the file are ignored here. */
export type ReadOptions = Pick<LoadRequest, "missing" | "columns" | "temporaryFolder"> &
  Partial<Pick<LoadRequest, "limits">>;

export interface ReadTable {
  table: Table;
  profile: DataProfile;
  /** Size of the content in bytes, decompressed. */
  bytes: number;
}

/**
 * Reads a data file from a pull request into typed columns: of any of the `formats`, told apart by content, also
 * compressed with gzip. Nothing is guessed silently: what was detected is in the profile and the notes, and a file
 * that is not a clean table is answered with every problem and its line numbers.
 *
 * Text is brought into one form first (UTF-8, LF, header and blank lines removed); DuckDB only sees a private copy, to
 * which it is locked.
 *
 * @param file local path of the file
 * @param path repository path of the file, for messages
 * @param format how the file is written, as far as its format has a choice (`Format.options`)
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
  const { bytes, format: found, gzip } = content.value;
  const size = bytes.length;
  const loaded = await found.load(bytes, { ...options, path, format, limits });
  if (!loaded.ok) return loaded;
  const checked = columnProblems(loaded.value.columns, options.columns, path, loaded.value.lineOf);
  if (!checked.ok) return checked;

  const columns = loaded.value.columns.map(({ column }) => column);
  const rowCount = columns[0] === undefined ? 0 : columnLength(columns[0]);
  const table: Table = { rowCount, columns };
  const written = { ...kindOf(found), ...loaded.value.format, ...(gzip ? { gzip } : {}) };
  // not everything that reads a table needs its profile, which takes as long as the rest
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
