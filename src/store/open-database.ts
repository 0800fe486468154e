import type { Database } from "./database.ts";
import { migrate } from "./migrations.ts";
import { openPglite } from "./pglite-database.ts";
import { openPostgres } from "./postgres-database.ts";

export type DatabaseLocation = { url: string } | { directory: string };

/** Opens the database and brings its tables up to date. */
export async function openDatabase(location: DatabaseLocation): Promise<Database> {
  const database = "url" in location ? await openPostgres(location.url) : await openPglite(location.directory);
  try {
    await migrate(database);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}
