import type { DuckDBConnection } from "@duckdb/node-api";
import { sqlText } from "../locked-duckdb.ts";
import type { Delimiter } from "./detect-delimiter.ts";
import type { RecordScan } from "./scan-records.ts";

/** CSV text that was checked and normalized before: UTF-8, LF, no header, no blank lines, rows of one length. */
export interface CsvCells {
  columns: number;
  /** The columns to be loaded, ascending. */
  wanted: readonly number[];
  delimiter: Delimiter;
  missing: readonly string[];
  /** What cells may have at their ends; trimming any whitespace takes as long as everything else together. */
  padding: RecordScan["padding"];
  /** A quoted cell contains a line end: then the file cannot be split between threads. */
  quotedLineEnd: boolean;
  maxCellBytes: number;
}

/** Characters that are cut from both ends of a cell: space, tab, no-break space, byte order mark, line feed. */
export const trimmed = "' ' || chr(9) || chr(160) || chr(65279) || chr(10)";

/**
 * Fills the table `cells` with a column of text `c0`, `c1`, … per wanted column of the file, null where a cell is missing.
 *
 * @returns rows that DuckDB refused although the scan before it had accepted them; lines count in the loaded file
 */
export async function createCsvCells(
  connection: DuckDBConnection,
  file: string,
  request: CsvCells,
): Promise<{ line: number; reason: string }[]> {
  await connection.run(createTable(file, request));
  const rejects = await connection.runAndReadAll("select line, error_type from reject_errors order by line limit 10");
  return rejects.getRows().map(([line, reason]) => ({ line: Number(line), reason: String(reason) }));
}

/** A SQL list of the cells that mean missing. */
export function missingList(missing: readonly string[]): string {
  return `[${["", ...missing].map(sqlText).join(", ")}]`;
}

function createTable(file: string, request: CsvCells): string {
  const missing = missingList(request.missing);
  const names = Array.from({ length: request.columns }, (_, i) => `f${i}`);
  const trim =
    request.padding === "spaces" ? (cell: string) => `trim(${cell})` : (cell: string) => `trim(${cell}, ${trimmed})`;
  // `in (…)` would be shorter, but DuckDB turns a longer one into a join, and a join loses the order of rows.
  const cellOf = (name: string) =>
    request.padding === "none"
      ? name
      : `case when list_contains(${missing}, ${trim(name)}) then null else ${trim(name)} end`;
  const cells = request.wanted.map((at, i) => `${cellOf(names[at]!)} as c${i}`);
  const options = [
    "auto_detect=false",
    "header=false",
    `delim=${sqlText(request.delimiter)}`,
    `quote='"'`,
    `escape='"'`,
    "new_line='\\n'",
    `nullstr=${missing}`,
    "store_rejects=true",
    `parallel=${!request.quotedLineEnd}`,
    `max_line_size=${lineLimit(request)}`,
    `columns={${names.map((name) => `${name}: 'VARCHAR'`).join(", ")}}`,
  ];
  return `create table cells as select ${cells.join(", ")} from read_csv(${sqlText(file)}, ${options.join(", ")})`;
}

/** DuckDB reserves buffers of several lines, so the limit on a line is kept near what real tables need. */
function lineLimit(request: CsvCells): number {
  return Math.max(2_000_000, 4 * request.maxCellBytes);
}
