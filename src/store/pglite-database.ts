import { join, resolve } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { fromPglite } from "pg-boss";
import { makeFolder } from "../../pipeline/export/make-folder.ts";
import type { Database } from "./database.ts";
import { lockDirectory } from "./directory-lock.ts";

/**
 * Opens the database that lives inside this process.
 *
 * PGlite takes no lock of its own, and two processes on one folder lose each other's rows, so a lock file guards it.
 * It never fsyncs: it survives the death of the process, not a power failure.
 *
 * @param directory the data folder
 * @throws DirectoryLocked when a live process holds the folder
 */
export async function openPglite(directory: string): Promise<Database> {
  await makeFolder(resolve(directory));
  const release = await lockDirectory(directory);
  try {
    const pglite = await PGlite.create({ dataDir: join(directory, "database") });
    return {
      kind: "pglite",
      queueConnection: { backend: "pglite", db: fromPglite(pglite) },
      query: async <Row>(text: string, values: readonly unknown[] = []) =>
        (await pglite.query<Row>(text, [...values])).rows,
      transaction: <T>(work: Parameters<Database["transaction"]>[0]) =>
        pglite.transaction((transaction) =>
          work({ query: async (text, values = []) => (await transaction.query(text, [...values])).rows as never }),
        ) as Promise<T>,
      close: async () => {
        await pglite.close();
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}
