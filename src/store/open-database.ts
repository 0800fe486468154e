import type { Database } from "./database.ts";
import { migrate } from "./migrations.ts";
import { openPglite } from "./pglite-database.ts";
import { openPostgres } from "./postgres-database.ts";

export type DatabaseLocation = { url: string } | { directory: string };

/** Opens the database and brings its tables up to date. */
export async function openDatabase(location: DatabaseLocation): Promise<Database> {
  const database = await openAsItIs(location);
  try {
    await migrate(database);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Opens the database without making or changing a table: a command that only reads must not migrate what a server runs on. */
export function openAsItIs(location: DatabaseLocation): Promise<Database> {
  return "url" in location ? openPostgres(location.url) : openPglite(location.directory);
}
