import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "../../src/store/database.ts";
import { openDatabase } from "../../src/store/open-database.ts";
import { seedDataDirectory } from "../support/database-template.ts";

/** An empty database with all tables. Closing it removes it. */
export async function aDatabase(): Promise<Database> {
  const directory = await mkdtemp(join(tmpdir(), "modelsync-store-"));
  await seedDataDirectory(directory);
  const database = await openDatabase({ directory });
  return {
    ...database,
    async close() {
      await database.close();
      await rm(directory, { recursive: true });
    },
  };
}
