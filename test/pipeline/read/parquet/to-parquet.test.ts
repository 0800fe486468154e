import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { type ParquetColumn, toParquet } from "../../../../pipeline/read/parquet/to-parquet.ts";
import { readTable } from "../../../../pipeline/read/read-table.ts";
import { anExperiment } from "../../../support/runs.ts";

const folder = mkdtempSync(join(tmpdir(), "modelsync-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function readBack(columns: ParquetColumn[]) {
  const file = join(folder, "data.parquet");
  writeFileSync(file, await toParquet(columns));
  const read = await readTable(file, "data.parquet", anExperiment().format, { missing: [], columns: {} });
  return read.ok ? read.value.table.columns : read.problems.map(({ code }) => code);
}

describe("columns as Parquet", () => {
  it("come back as they were, bit for bit", async () => {
    const numbers = [0.1 + 0.2, -5e-324, 1.7976931348623157e308];
    expect(
      await readBack([
        { name: "count", type: "integer", values: [1, -2, Number.MAX_SAFE_INTEGER] },
        { name: 'a "quoted" name, with ß', type: "number", values: numbers },
        { name: "text", type: "text", values: ["=1+1", "two\nlines", "🐧"] },
      ]),
    ).toEqual([
      { name: "count", type: "numeric", values: Float64Array.of(1, -2, Number.MAX_SAFE_INTEGER) },
      { name: 'a "quoted" name, with ß', type: "numeric", values: Float64Array.from(numbers) },
      { name: "text", type: "categorical", codes: Int32Array.of(0, 1, 2), categories: ["=1+1", "two\nlines", "🐧"] },
    ]);
  });

  it("may have no rows", async () => {
    expect(await readBack([{ name: "count", type: "integer", values: [] }])).toEqual(["no-rows"]);
  });

  it("may have names that only differ in case", async () => {
    const columns = await readBack([
      { name: "yes", type: "number", values: [1] },
      { name: "Yes", type: "number", values: [2] },
    ]);
    expect(columns).toMatchObject([{ values: Float64Array.of(1) }, { values: Float64Array.of(2) }]);
  });

  it("leave no temporary file behind", async () => {
    const own = mkdtempSync(join(folder, "temporary-"));
    vi.stubEnv("TMPDIR", own);
    await expect(toParquet([{ name: "broken\0name", type: "number", values: [1] }])).rejects.toThrow();
    vi.unstubAllEnvs();
    expect(readdirSync(own)).toEqual([]);
  });
});
