import type { DuckDBConnection } from "@duckdb/node-api";
import type { Outcome, Problem } from "../../problem.ts";
import { formatCount } from "../../words.ts";
import { tooManyCells } from "../cell-problems.ts";
import { missingList, trimmed } from "../csv/csv-cells.ts";
import type { LoadRequest } from "../loaded-file.ts";
import { sqlText } from "../locked-duckdb.ts";
import { nameColumns } from "../name-columns.ts";
import type { ReadLimits } from "../read-limits.ts";
import { showBytes } from "../show-bytes.ts";

/** A small file may hold a large table: its text may take this many times the limit of a file. */
const maxExpansion = 4;

/**
 * Fills the table `cells` with a column of text `c0`, `c1`, … per column of a Parquet file, null where a cell is
 * missing. The row count is checked before anything is read, and the size of the text before any of it leaves DuckDB.
 *
 * @returns the column names; nested and binary columns are problems
 */
export async function createParquetCells(
  connection: DuckDBConnection,
  file: string,
  { path, missing, limits }: LoadRequest,
): Promise<Outcome<string[]>> {
  const source = `read_parquet(${sqlText(file)})`;
  const described = await connection.runAndReadAll(`describe select * from ${source}`);
  const columns = described.getRows().map(([name, type]) => ({ name: String(name), type: String(type) }));
  const [[rows] = []] = (await connection.runAndReadAll(`select count(*) from ${source}`)).getRows();
  const problems = sizeProblems(Number(rows), columns.length, path, limits);
  const binary = columns.filter(({ type }) => /^BLOB|\[|^STRUCT|^MAP|^UNION|^VARIANT|^GEOMETRY/.test(type));
  if (binary.length > 0) {
    problems.push({
      code: "nested-column",
      where: { path },
      message: "Some columns hold lists, structures or binary data.",
      written: binary
        .slice(0, 10)
        .map(({ name, type }) => `${name.slice(0, 60)}: ${type.slice(0, 40)}`)
        .join("; "),
      allowed: "numbers, text, booleans, dates and times",
      remedy: "Leave these columns out, or write them as plain columns.",
    });
  }
  const named = nameColumns(
    columns.map(({ name }) => name.trim()),
    path,
    1,
  );
  if (!named.ok) problems.push(...named.problems.map(withoutLine));
  if (problems.length > 0 || !named.ok) return { ok: false, problems };

  // Names come from the file, so columns are addressed by position.
  const aliases = columns.map((_, i) => `r${i}`).join(", ");
  const cells = columns.map((_, i) => {
    const text = `trim(r${i}::varchar, ${trimmed})`;
    return `case when list_contains(${missingList(missing)}, ${text}) then null else ${text} end as c${i}`;
  });
  await connection.run(`create table cells as select ${cells.join(", ")} from ${source} as source(${aliases})`);
  const sizes = columns.map((_, i) => `coalesce(sum(strlen(c${i})), 0) + 0`).join(" + ");
  const longest = columns.map((_, i) => `coalesce(max(strlen(c${i})), 0)`).join(", ");
  const [[bytes, cell] = []] = (
    await connection.runAndReadAll(`select ${sizes}, greatest(${longest}) from cells`)
  ).getRows();
  if (Number(bytes) > maxExpansion * limits.bytes || Number(cell) > limits.cellBytes) {
    return {
      ok: false,
      problems: [
        {
          code: "file-too-large",
          where: { path },
          message: "The data is too large to be reviewed.",
          written: `${showBytes(Number(bytes))} as text, longest cell ${formatCount(Number(cell))} bytes`,
          allowed: `at most ${showBytes(maxExpansion * limits.bytes)}, ${formatCount(limits.cellBytes)} bytes per cell`,
          remedy: "Commit a sample of the data for review.",
        },
      ],
    };
  }
  return { ok: true, value: named.value, notes: named.notes.map(withoutLine) };
}

function sizeProblems(rows: number, columns: number, path: string, limits: ReadLimits): Problem[] {
  const where = { path };
  const tooMany = (what: "rows" | "columns", count: number, limit: number, remedy: string): Problem => ({
    code: `too-many-${what}`,
    where,
    message: `The file has too many ${what}.`,
    written: `${formatCount(count)} ${what}`,
    allowed: `at most ${formatCount(limit)} ${what}`,
    remedy,
  });
  const noRows: Problem = { code: "no-rows", where, message: "The file has no rows.", remedy: "Add the data." };
  return [
    ...(rows === 0 ? [noRows] : []),
    ...(rows > limits.rows ? [tooMany("rows", rows, limits.rows, "Review a sample of the data.")] : []),
    ...(columns > limits.columns
      ? [tooMany("columns", columns, limits.columns, "Leave out columns that are not needed.")]
      : []),
    ...(rows > limits.rows || columns > limits.columns ? [] : tooManyCells(path, rows, columns, limits)),
  ];
}

function withoutLine(problem: Problem): Problem {
  return { ...problem, where: { path: problem.where.path } };
}
