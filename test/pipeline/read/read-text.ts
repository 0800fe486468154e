import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CsvFormat } from "../../../pipeline/experiment/experiment.ts";
import { type ReadOptions, readTable } from "../../../pipeline/read/read-table.ts";
import type { Column, Table } from "../../../pipeline/table/table.ts";

/** How an experiment without `format` and `missing` reads a file. */
export const defaultFormat: CsvFormat = { delimiter: null, decimal: ".", encoding: null, header: true, names: null };
export const defaultMissing = ["NA", "N/A", "#N/A", "NaN", "nan", "null", "NULL"];

/** Reads text (or bytes) as if it were the file `data.csv` of a repository. */
export async function readText(
  content: string | Buffer,
  format: Partial<CsvFormat> = {},
  options: Partial<ReadOptions> = {},
) {
  const folder = await mkdtemp(join(tmpdir(), "modelsync-test-"));
  try {
    const file = join(folder, "data.csv");
    await writeFile(file, content);
    return await readTable(
      file,
      "data.csv",
      { ...defaultFormat, ...format },
      { missing: defaultMissing, columns: {}, ...options },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The table of text that must be readable. */
export async function tableOfText(content: string, options: Partial<ReadOptions> = {}): Promise<Table> {
  const outcome = await readText(content, {}, options);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value.table;
}

/** Cells by column name, null for missing. */
export function cellsOf(table: Pick<Table, "columns">): Record<string, (number | string | null)[]> {
  return Object.fromEntries(table.columns.map((column) => [column.name, cells(column)]));
}

function cells(column: Column): (number | string | null)[] {
  return column.type === "numeric"
    ? Array.from(column.values, (value) => (Number.isNaN(value) ? null : value))
    : Array.from(column.codes, (code) => (code < 0 ? null : column.categories[code]!));
}
