import type { DuckDBConnection, DuckDBVector } from "@duckdb/node-api";
import type { CsvFormat } from "../experiment/experiment.ts";
import { declaredType } from "../table/declared-type.ts";
import type { CategoricalColumn, NumericColumn } from "../table/table.ts";
import type { LoadedColumn, LoadRequest } from "./loaded-file.ts";

type Decimal = CsvFormat["decimal"];

/**
 * Turns the table `cells` (text columns, null where missing) into typed columns. A column is numeric when every cell
 * that is not missing is a number (so also when all are missing), unless its type is declared.
 *
 * @param names names of the columns `c0`, `c1`, … of the table `cells`
 */
export async function loadColumns(
  connection: DuckDBConnection,
  names: readonly string[],
  { format: { decimal }, columns: types }: Pick<LoadRequest, "format" | "columns">,
): Promise<LoadedColumn[]> {
  const rows = Number((await connection.runAndReadAll("select count(*) from cells")).getRows()[0]![0]);
  const counts = await countCells(connection, names.length, decimal);
  const loaded: LoadedColumn[] = [];
  const numeric: { at: number; values: Float64Array }[] = [];
  const categorical: { at: number; column: CategoricalColumn }[] = [];
  for (const [at, name] of names.entries()) {
    const { present, numbers, infinite } = counts[at]!;
    const declared = declaredType(types, name);
    const type = declared ?? (present === numbers ? "numeric" : "categorical");
    const words = { count: present - numbers, first: [] as LoadedColumn["words"]["first"] };
    // Looked up only where they explain something: the column has numbers too, or should have had.
    if (words.count > 0 && (declared === "numeric" || (declared === undefined && numbers > 0))) {
      words.first = await findWords(connection, at, decimal);
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
  await readNumbers(connection, numeric, decimal);
  await readCodes(connection, categorical);
  return loaded;
}

/**
 * A cell as a number: null when it is none. DuckDB accepts `1_000`, which elsewhere is text, and knows no decimal
 * comma; with one, a point can only be a thousands separator, which is not supported.
 */
function asNumber(at: number, decimal: Decimal): string {
  const cell = `c${at}`;
  if (decimal === ".") return `case when contains(${cell}, '_') then null else try_cast(${cell} as double) end`;
  return `case when contains(${cell}, '_') or contains(${cell}, '.') then null else try_cast(replace(${cell}, ',', '.') as double) end`;
}

/** Columns per query: DuckDB's planning time grows faster than the number of expressions. */
const columnsPerQuery = 50;

async function countCells(connection: DuckDBConnection, columns: number, decimal: Decimal) {
  const counts: { present: number; numbers: number; infinite: number }[] = [];
  for (const part of partsOf(Array.from({ length: columns }, (_, at) => at))) {
    const selected = part.map((at) => {
      const number = asNumber(at, decimal);
      return `count(c${at}), count(${number}), count(*) filter (where not isfinite(${number}))`;
    });
    const [row] = (await connection.runAndReadAll(`select ${selected.join(", ")} from cells`)).getRows();
    for (let i = 0; i < row!.length; i += 3) {
      counts.push({ present: Number(row![i]), numbers: Number(row![i + 1]), infinite: Number(row![i + 2]) });
    }
  }
  return counts;
}

/** The first cells that are no numbers, one per distinct value. */
async function findWords(connection: DuckDBConnection, at: number, decimal: Decimal) {
  const found = await connection.runAndReadAll(
    `select c${at}, min(rowid) as first from cells where c${at} is not null and ${asNumber(at, decimal)} is null
     group by c${at} order by first limit 5`,
  );
  return found.getRows().map(([text, row]) => ({ text: String(text), row: Number(row) }));
}

/** Reads an expression per column, many in one query, and hands over what came by chunks of rows. */
async function readVectors<Wanted>(
  connection: DuckDBConnection,
  columns: readonly Wanted[],
  expression: (wanted: Wanted) => string,
  take: (vector: DuckDBVector, wanted: Wanted, offset: number) => void,
): Promise<void> {
  const result = await connection.run(`select ${columns.map(expression).join(", ")} from cells`);
  let offset = 0;
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    for (const [index, wanted] of columns.entries()) take(chunk.getColumnVector(index), wanted, offset);
    offset += chunk.rowCount;
  }
}

function partsOf<Wanted>(columns: readonly Wanted[]): Wanted[][] {
  return Array.from({ length: Math.ceil(columns.length / columnsPerQuery) }, (_, part) =>
    columns.slice(part * columnsPerQuery, (part + 1) * columnsPerQuery),
  );
}

async function readNumbers(
  connection: DuckDBConnection,
  columns: { at: number; values: Float64Array }[],
  decimal: Decimal,
): Promise<void> {
  for (const part of partsOf(columns)) {
    await readVectors(
      connection,
      part,
      ({ at }) => finiteOrNaN(asNumber(at, decimal)),
      (vector, { values }, offset) => copyNumbers(vector, values, offset),
    );
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
  for (const part of partsOf(columns)) {
    const named = part.map((entry) => ({ ...entry, seen: new Map<string, number>() }));
    await readVectors(connection, named, ({ at }) => `c${at}`, copyCodes);
    for (const { column, seen } of named) sortCategories(column, seen);
  }
}

function copyCodes(
  vector: DuckDBVector,
  { column, seen }: { column: CategoricalColumn; seen: Map<string, number> },
  offset: number,
): void {
  for (let i = 0; i < vector.itemCount; i++) {
    const text = vector.getItem(i) as string | null;
    let code = text === null ? -1 : seen.get(text);
    if (code === undefined) {
      code = seen.size;
      seen.set(text!, code);
    }
    column.codes[offset + i] = code;
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
