import type { CsvFormat } from "../experiment/experiment.ts";
import type { DeclaredTypes } from "../table/declared-type.ts";
import type { DataProfile } from "../table/profile.ts";
import type { Column } from "../table/table.ts";
import type { ReadLimits } from "./read-limits.ts";

/** How the content of a file is to be read. */
export interface LoadRequest {
  /** Repository path of the file, for messages. */
  path: string;
  format: CsvFormat;
  /** Cells that mean missing, after trimming; the empty cell always does. */
  missing: readonly string[];
  /** Declared column types; the others are inferred. */
  columns: DeclaredTypes;
  limits: ReadLimits;
  /** Folder for a temporary copy, removed before the answer. Default: the system's. */
  temporaryFolder?: string;
}

/** A column with what was met while deciding its type. */
export interface LoadedColumn {
  column: Column;
  /** Infinite and `nan` cells that were read as missing; numeric columns only. */
  infinite: number;
  /** Cells that are neither missing nor numbers: count and the first of them, one per distinct value, at most five. */
  words: { count: number; first: { text: string; row: number }[] };
}

/** Columns as they were loaded, with what is needed to explain them. */
export interface LoadedFile {
  columns: LoadedColumn[];
  /** How the file is written. */
  format: Omit<DataProfile["format"], "kind" | "gzip">;
  /** One-based line of a zero-based row; null when the file has no lines. */
  lineOf: ((row: number) => number) | null;
}
