import { join, resolve } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { fromPglite } from "pg-boss";
import { makeFolder } from "../../pipeline/export/make-folder.ts";
import type { Database } from "./database.ts";
import { lockDirectory } from "./directory-lock.ts";

/**
 * The folder can't be opened, for example after a power failure. What verdicts depend on can be read from GitHub again; the ledger
 * begins anew.
 */
export class DatabaseDamaged extends Error {
  constructor(folder: string, cause: unknown) {
    super(
      `The database in ${folder} is damaged. Move that folder away and start again: ModelSync starts anew and reads the ` +
        `open pull requests from GitHub within minutes; its ledger begins anew. (${cause instanceof Error ? cause.message : String(cause)})`,
      { cause },
    );
    this.name = "DatabaseDamaged";
  }
}

/**
 * Opens the database that lives inside this process.
 *
 * PGlite takes no lock of its own, and two processes on one folder lose each other's rows, so a lock file guards it.
 * It never fsyncs: it survives the death of the process, not a power failure.
 *
 * @param directory the data folder
 * @throws DirectoryLocked when a live process holds the folder, DatabaseDamaged when what is in it can't be opened
 */
export async function openPglite(directory: string): Promise<Database> {
  await makeFolder(resolve(directory));
  const release = await lockDirectory(directory);
  try {
    const folder = join(directory, "database");
    const pglite = await PGlite.create({ dataDir: folder }).catch((error) => {
      throw new DatabaseDamaged(resolve(folder), error);
    });
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
