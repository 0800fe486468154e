import type { DuckDBConnection } from "@duckdb/node-api";

/**
 * Runs queries in an in-memory DuckDB that can read one file and nothing else: no other file, no network, no
 * extension, no setting can be changed afterwards. The settings must be made in this order; later ones lock the door
 * behind them.
 *
 * @param file the only readable file; a path of our own making, without glob characters
 */
export async function withLockedDuckDb<T>(file: string, use: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  // Loading the library takes longer than reading a small table, and many files need none of it.
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(":memory:", {
    threads: "2",
    memory_limit: "512MB",
    temp_directory: "",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
  });
  try {
    const connection = await instance.connect();
    try {
      await connection.run(`set allowed_paths=[${sqlText(file)}]`);
      await connection.run("set enable_external_access=false");
      await connection.run("set lock_configuration=true");
      return await use(connection);
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}

/** A SQL string literal. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
