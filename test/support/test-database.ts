import { seedDataDirectory } from "./database-template.ts";
import { createDatabase } from "./postgres/create-database.ts";

/** Address of a PostgreSQL; null: tests use the database that lives in a data folder. */
let server: string | null = null;

/** From now on tests of this process use databases of a PostgreSQL. */
export function useServer(address: string): void {
  server = address;
}

export interface TestDatabase {
  /** For the App's setting; null when the database lies in the data folder. */
  url: string | null;
  drop(): Promise<void>;
}

/** An empty database with all tables, for the App with this data folder. */
export async function aTestDatabase(directory: string): Promise<TestDatabase> {
  if (server !== null) return createDatabase(server);
  await seedDataDirectory(directory);
  return { url: null, drop: async () => {} };
}
