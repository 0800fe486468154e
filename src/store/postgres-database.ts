import pg from "pg";
import type { Database, Queryable } from "./database.ts";

const int8 = 20;

/** Opens a PostgreSQL server. GitHub's ids fit into a double, so `bigint` is read as a number. */
export async function openPostgres(connectionString: string): Promise<Database> {
  const types = {
    getTypeParser: (oid: number, format?: "text" | "binary") =>
      oid === int8 ? Number : pg.types.getTypeParser(oid, format as "text"),
  };
  const pool = new pg.Pool({ connectionString, types: types as never, application_name: "modelsync" });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on("error", () => {});
  await pool.query("select 1");
  return {
    kind: "postgres",
    queueConnection: { backend: "postgres", connectionString },
    query: async (text, values = []) => (await pool.query(text, [...values])).rows,
    async transaction(work) {
      const client = await pool.connect();
      const transaction: Queryable = {
        query: async (text, values = []) => (await client.query(text, [...values])).rows,
      };
      try {
        await client.query("begin");
        const result = await work(transaction);
        await client.query("commit");
        return result;
      } catch (error) {
        await client.query("rollback").catch(() => {});
        throw error;
      } finally {
        client.release();
      }
    },
    close: () => pool.end(),
  };
}
