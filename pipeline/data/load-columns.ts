import type { DuckDBConnection, DuckDBVector } from "@duckdb/node-api";
import type { Delimiter } from "./detect-delimiter.ts";
import { sqlText, withLockedDuckDb } from "./locked-duckdb.ts";
import type { RecordScan } from "./scan-records.ts";
import type { CategoricalColumn, Column, NumericColumn } from "./table.ts";

export interface LoadRequest {
  /** CSV text without header: UTF-8, LF, no blank lines, every row of the same length. */
  file: string;
  names: readonly string[];
  delimiter: Delimiter;
  decimal: "." | ",";
  missing: readonly string[];
  /** Declared types; the others are inferred. */
  types: Readonly<Record<string, "numeric" | "categorical">>;
  /** What cells may have at their ends; trimming any whitespace takes as long as everything else together. */
  padding: RecordScan["padding"];
  /** A quoted cell contains a line end: then the file cannot be split between threads. */
  quotedLineEnd: boolean;
  maxCellBytes: number;
}

/** A column with what was met while deciding its type. */
export interface LoadedColumn {
  column: Column;
  /** Infinite and `nan` cells that were read as missing; numeric columns only. */
  infinite: number;
  /** Cells that are neither missing nor numbers: count and the first of them, one per distinct value, at most five. */
  words: { count: number; first: { text: string; row: number }[] };
}

/** DuckDB refused rows that the scan before it accepted. Lines are one-based in the loaded file. */
export interface RejectedRows {
  rejected: { line: number; reason: string }[];
}

/** Characters that are cut from both ends of a cell: space, tab, no-break space, byte order mark, line feed. */
const trimmed = "' ' || chr(9) || chr(160) || chr(65279) || chr(10)";

/**
 * Loads a normalized CSV file through a locked-down DuckDB into typed columns. A column is numeric when every cell
 * that is not missing is a number (so also when all are missing), unless its type is declared.
 */
export async function loadColumns(request: LoadRequest): Promise<LoadedColumn[] | RejectedRows> {
  return withLockedDuckDb(request.file, async (connection) => {
    await connection.run(createTable(request));
    const rejects = await connection.runAndReadAll("select line, error_type from reject_errors order by line limit 10");
    if (rejects.currentRowCount > 0) {
      return { rejected: rejects.getRows().map(([line, reason]) => ({ line: Number(line), reason: String(reason) })) };
    }
    const rows = Number((await connection.runAndReadAll("select count(*) from cells")).getRows()[0]![0]);
    const counts = await countCells(connection, request);
    const loaded: LoadedColumn[] = [];
    const numeric: { at: number; values: Float64Array }[] = [];
    const categorical: { at: number; column: CategoricalColumn }[] = [];
    for (const [at, name] of request.names.entries()) {
      const { present, numbers, infinite } = counts[at]!;
      const type = request.types[name] ?? (present === numbers ? "numeric" : "categorical");
      const words = { count: present - numbers, first: [] as LoadedColumn["words"]["first"] };
      // Looked up only where they explain something: the column has numbers too, or should have had.
      if (
        words.count > 0 &&
        (request.types[name] === "numeric" || (request.types[name] === undefined && numbers > 0))
      ) {
        words.first = await findWords(connection, at, request.decimal);
      }
      if (type === "numeric") {
        const values = new Float64Array(rows);
        numeric.push({ at, values });
        loaded.push({ column: { name, type, values } satisfies NumericColumn, infinite, words });
      } else {
        const column: CategoricalColumn = { name, type, codes: new Int32Array(rows), categories: [] };
        categorical.push({ at, column });
        loaded.push({ column, infinite: 0, words });
      }
    }
    await readNumbers(connection, numeric, request);
    await readCodes(connection, categorical);
    return loaded;
  });
}

function createTable(request: LoadRequest): string {
  const missing = `[${["", ...request.missing].map(sqlText).join(", ")}]`;
  const trim =
    request.padding === "spaces" ? (cell: string) => `trim(${cell})` : (cell: string) => `trim(${cell}, ${trimmed})`;
  // `in (…)` would be shorter, but DuckDB turns a longer one into a join, and a join loses the order of rows.
  const cells = request.names.map(
    (_, i) => `case when list_contains(${missing}, ${trim(`c${i}`)}) then null else ${trim(`c${i}`)} end as c${i}`,
  );
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
    `columns={${request.names.map((_, i) => `c${i}: 'VARCHAR'`).join(", ")}}`,
  ];
  const selected = request.padding === "none" ? "*" : cells.join(", ");
  return `create table cells as select ${selected} from read_csv(${sqlText(request.file)}, ${options.join(", ")})`;
}

/** DuckDB reserves buffers of several lines, so the limit on a line is kept near what real tables need. */
function lineLimit(request: LoadRequest): number {
  return Math.max(2_000_000, 4 * request.maxCellBytes);
}

/**
 * A cell as a number: null when it is none. DuckDB accepts `1_000`, which elsewhere is text, and knows no decimal
 * comma; with one, a point can only be a thousands separator, which is not supported.
 */
function asNumber(at: number, decimal: "." | ","): string {
  const cell = `c${at}`;
  if (decimal === ".") return `case when contains(${cell}, '_') then null else try_cast(${cell} as double) end`;
  return `case when contains(${cell}, '_') or contains(${cell}, '.') then null else try_cast(replace(${cell}, ',', '.') as double) end`;
}

/** Columns per query: DuckDB's planning time grows faster than the number of expressions. */
const columnsPerQuery = 50;

async function countCells(connection: DuckDBConnection, request: LoadRequest) {
  const counts: { present: number; numbers: number; infinite: number }[] = [];
  for (let from = 0; from < request.names.length; from += columnsPerQuery) {
    const selected = request.names.slice(from, from + columnsPerQuery).map((_, i) => {
      const number = asNumber(from + i, request.decimal);
      return `count(c${from + i}), count(${number}), count(*) filter (where not isfinite(${number}))`;
    });
    const [row] = (await connection.runAndReadAll(`select ${selected.join(", ")} from cells`)).getRows();
    for (let i = 0; i < row!.length; i += 3) {
      counts.push({ present: Number(row![i]), numbers: Number(row![i + 1]), infinite: Number(row![i + 2]) });
    }
  }
  return counts;
}

/** The first cells that are no numbers, one per distinct value. */
async function findWords(connection: DuckDBConnection, at: number, decimal: "." | ",") {
  const found = await connection.runAndReadAll(
    `select c${at}, min(rowid) as first from cells where c${at} is not null and ${asNumber(at, decimal)} is null
     group by c${at} order by first limit 5`,
  );
  return found.getRows().map(([text, row]) => ({ text: String(text), row: Number(row) }));
}

async function readNumbers(
  connection: DuckDBConnection,
  columns: { at: number; values: Float64Array }[],
  request: LoadRequest,
): Promise<void> {
  for (let from = 0; from < columns.length; from += columnsPerQuery) {
    const part = columns.slice(from, from + columnsPerQuery);
    const result = await connection.run(
      `select ${part.map(({ at }) => finiteOrNaN(asNumber(at, request.decimal))).join(", ")} from cells`,
    );
    let offset = 0;
    for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
      for (const [index, { values }] of part.entries()) {
        copyNumbers(chunk.getColumnVector(index), values, offset);
      }
      offset += chunk.rowCount;
    }
  }
}

function finiteOrNaN(number: string): string {
  return `case when isfinite(${number}) then ${number} else 'nan'::double end`;
}

/**
 * Copies a vector without nulls. `getItem` costs about 100 ns per number, as much as everything else together, so the
 * vector's own typed array is used when it has one.
 */
function copyNumbers(vector: DuckDBVector, values: Float64Array, offset: number): void {
  const { items } = vector as unknown as { items?: unknown };
  if (items instanceof Float64Array && items.length === vector.itemCount) {
    values.set(items, offset);
    return;
  }
  for (let i = 0; i < vector.itemCount; i++) values[offset + i] = vector.getItem(i) as number;
}

/** Numbers the values in order of appearance, then renumbers them in the order of UTF-16 code units. */
async function readCodes(connection: DuckDBConnection, columns: { at: number; column: CategoricalColumn }[]) {
  for (let from = 0; from < columns.length; from += columnsPerQuery) {
    const part = columns
      .slice(from, from + columnsPerQuery)
      .map((entry) => ({ ...entry, seen: new Map<string, number>() }));
    const result = await connection.run(`select ${part.map(({ at }) => `c${at}`).join(", ")} from cells`);
    let offset = 0;
    for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
      for (const [index, { column, seen }] of part.entries()) {
        const vector = chunk.getColumnVector(index);
        for (let i = 0; i < chunk.rowCount; i++) {
          const text = vector.getItem(i) as string | null;
          let code = text === null ? -1 : seen.get(text);
          if (code === undefined) {
            code = seen.size;
            seen.set(text!, code);
          }
          column.codes[offset + i] = code;
        }
      }
      offset += chunk.rowCount;
    }
    for (const { column, seen } of part) sortCategories(column, seen);
  }
}

function sortCategories(column: CategoricalColumn, seen: ReadonlyMap<string, number>): void {
  column.categories = [...seen.keys()].sort();
  const ranks = new Int32Array(seen.size);
  for (const [rank, text] of column.categories.entries()) ranks[seen.get(text)!] = rank;
  const { codes } = column;
  for (let row = 0; row < codes.length; row++) {
    if (codes[row]! >= 0) codes[row] = ranks[codes[row]!]!;
  }
}
