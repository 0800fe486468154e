import type { DuckDBConnection } from "@duckdb/node-api";
import type { LoadRequest } from "../loaded-file.ts";
import { sqlText } from "../locked-duckdb.ts";
import type { PreparedText } from "../prepared-text.ts";
import { lineLimit } from "../read-limits.ts";

/** Text of which some columns are wanted. */
interface WantedText extends Pick<PreparedText, "names" | "delimiter" | "padding" | "quotedLineEnd"> {
  /** The places of the columns, ascending. */
  wanted: readonly number[];
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
  text: WantedText,
  request: Pick<LoadRequest, "missing" | "limits">,
): Promise<{ line: number; reason: string }[]> {
  await connection.run(createTable(file, text, request));
  const rejects = await connection.runAndReadAll("select line, error_type from reject_errors order by line limit 10");
  return rejects.getRows().map(([line, reason]) => ({ line: Number(line), reason: String(reason) }));
}

/** A SQL list of the cells that mean missing. */
export function missingList(missing: readonly string[]): string {
  return `[${["", ...missing].map(sqlText).join(", ")}]`;
}

function createTable(
  file: string,
  { names: { length }, delimiter, padding, quotedLineEnd, wanted }: WantedText,
  { missing, limits }: Pick<LoadRequest, "missing" | "limits">,
): string {
  const markers = missingList(missing);
  const names = Array.from({ length }, (_, i) => `f${i}`);
  const trim = padding === "spaces" ? (cell: string) => `trim(${cell})` : (cell: string) => `trim(${cell}, ${trimmed})`;
  // `in (…)` would be shorter, but DuckDB turns a longer one into a join, and a join loses the order of rows.
  const cellOf = (name: string) =>
    padding === "none" ? name : `case when list_contains(${markers}, ${trim(name)}) then null else ${trim(name)} end`;
  const cells = wanted.map((at, i) => `${cellOf(names[at]!)} as c${i}`);
  const options = [
    "auto_detect=false",
    "header=false",
    `delim=${sqlText(delimiter)}`,
    `quote='"'`,
    `escape='"'`,
    "new_line='\\n'",
    `nullstr=${markers}`,
    "store_rejects=true",
    `parallel=${!quotedLineEnd}`,
    // DuckDB reserves buffers of several lines.
    `max_line_size=${lineLimit(limits)}`,
    `columns={${names.map((name) => `${name}: 'VARCHAR'`).join(", ")}}`,
  ];
  return `create table cells as select ${cells.join(", ")} from read_csv(${sqlText(file)}, ${options.join(", ")})`;
}
