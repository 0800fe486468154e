import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { Outcome, Problem } from "../problem.ts";
import type { LoadRequest } from "./loaded-file.ts";
import { withLockedDuckDb } from "./locked-duckdb.ts";

/**
 * Writes bytes to a private temporary file, opens a DuckDB that is locked to it, and removes the file afterwards.
 * Whatever DuckDB throws at hostile content becomes a problem.
 */
export async function withPrivateCopy<T>(
  bytes: Buffer,
  { path, temporaryFolder }: Pick<LoadRequest, "path" | "temporaryFolder">,
  use: (connection: DuckDBConnection, file: string) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const folder = await mkdtemp(join(temporaryFolder ?? tmpdir(), "modelsync-table-"));
  try {
    const file = join(folder, "data");
    await writeFile(file, bytes, { mode: 0o600 });
    return await withLockedDuckDb(file, (connection) => use(connection, file));
  } catch (error) {
    return { ok: false, problems: [unreadable(error, path)] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function unreadable(error: unknown, path: string): Problem {
  const memory = /out of memory/i.test(String(error));
  return {
    code: memory ? "too-much-memory" : "unreadable",
    where: { path },
    message: memory ? "Reading the file needs more memory than is allowed." : "The file could not be read.",
    remedy: memory ? "Commit a smaller sample of the data." : "Check that the file is complete, or export it as CSV.",
  };
}
