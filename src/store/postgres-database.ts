import pg from "pg";
import type { Database, Queryable } from "./database.ts";

const int8 = 20;

/**
 * Milliseconds after which a database that stands still is an error: a webhook must be answered within GitHub's ten seconds.
 * The server's own limits come first, so that a connection stays usable; the last is for a server that is frozen.
 */
const limits = {
  connectionTimeoutMillis: 5000,
  lock_timeout: 5000,
  statement_timeout: 7000,
  query_timeout: 8000,
};

/** Two transactions waited for each other and the server ended this one, which can simply be done again. */
const deadlock = "40P01";
const mostTries = 3;

/** Opens a PostgreSQL server. GitHub's ids fit into a double, so `bigint` is read as a number. */
export async function openPostgres(connectionString: string): Promise<Database> {
  const types = {
    getTypeParser: (oid: number, format?: "text" | "binary") =>
      oid === int8 ? Number : pg.types.getTypeParser(oid, format as "text"),
  };
  const pool = new pg.Pool({ connectionString, types: types as never, application_name: "modelsync", ...limits });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on("error", () => {});
  await pool.query("select 1");
  const once: Database["transaction"] = async (work) => {
    const client = await pool.connect();
    const transaction: Queryable = {
      query: async (text, values = []) => (await client.query(text, [...values])).rows,
    };
    let broken = false;
    try {
      await client.query("begin");
      const result = await work(transaction);
      await client.query("commit");
      return result;
    } catch (error) {
      // A connection that can't even roll back is not used again; the server rolls back when it is closed.
      broken = await client.query("rollback").then(
        () => false,
        () => true,
      );
      throw error;
    } finally {
      client.release(broken);
    }
  };
  return {
    kind: "postgres",
    queueConnection: { backend: "postgres", connectionString },
    query: async (text, values = []) => (await pool.query(text, [...values])).rows,
    async transaction(work) {
      for (let tries = 1; ; tries += 1) {
        try {
          return await once(work);
        } catch (error) {
          if ((error as { code?: unknown }).code !== deadlock || tries === mostTries) throw error;
        }
      }
    },
    close: () => pool.end(),
  };
}
