import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBAppender } from "@duckdb/node-api";
import { sqlText, withLockedDuckDb } from "../locked-duckdb.ts";

/** A column of a Parquet file to be: whole numbers become BIGINT, numbers DOUBLE, text VARCHAR. */
export type ParquetColumn =
  | { name: string; type: "integer" | "number"; values: ArrayLike<number> }
  | { name: string; type: "text"; values: readonly string[] };

const sqlTypes = { integer: "bigint", number: "double", text: "varchar" } as const;

/**
 * Columns of equal length as the bytes of a Parquet file. It is written by a DuckDB that is locked to one private
 * file. Throws what DuckDB throws, for example when it needs more memory than it may have.
 */
export async function toParquet(columns: readonly ParquetColumn[]): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), "modelsync-parquet-"));
  try {
    const file = join(folder, "data");
    await withLockedDuckDb(file, async (connection) => {
      await connection.run(
        `create table cells (${columns.map(({ type }, i) => `c${i} ${sqlTypes[type]}`).join(", ")})`,
      );
      const appender = await connection.createAppender("cells");
      appendRows(appender, columns);
      appender.closeSync();
      const named = columns.map(({ name }, i) => `c${i} as ${sqlName(name)}`).join(", ");
      await connection.run(`copy (select ${named} from cells) to ${sqlText(file)} (format parquet)`);
    });
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function appendRows(appender: DuckDBAppender, columns: readonly ParquetColumn[]): void {
  const rows = columns[0]?.values.length ?? 0;
  for (let row = 0; row < rows; row++) {
    for (const { type, values } of columns) {
      if (type === "text") appender.appendVarchar(values[row]!);
      else if (type === "number") appender.appendDouble(values[row]!);
      else appender.appendBigInt(BigInt(values[row]!));
    }
    appender.endRow();
  }
}

function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
