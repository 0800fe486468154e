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
  for (let from = 0; from < columns; from += columnsPerQuery) {
    const selected = Array.from({ length: Math.min(columnsPerQuery, columns - from) }, (_, i) => {
      const number = asNumber(from + i, decimal);
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
async function findWords(connection: DuckDBConnection, at: number, decimal: Decimal) {
  const found = await connection.runAndReadAll(
    `select c${at}, min(rowid) as first from cells where c${at} is not null and ${asNumber(at, decimal)} is null
     group by c${at} order by first limit 5`,
  );
  return found.getRows().map(([text, row]) => ({ text: String(text), row: Number(row) }));
}

async function readNumbers(
  connection: DuckDBConnection,
  columns: { at: number; values: Float64Array }[],
  decimal: Decimal,
): Promise<void> {
  for (let from = 0; from < columns.length; from += columnsPerQuery) {
    const part = columns.slice(from, from + columnsPerQuery);
    const result = await connection.run(
      `select ${part.map(({ at }) => finiteOrNaN(asNumber(at, decimal))).join(", ")} from cells`,
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
