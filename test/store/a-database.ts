import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "../../src/store/database.ts";
import { openDatabase } from "../../src/store/open-database.ts";
import { aTestDatabase } from "../support/test-database.ts";

/** An empty database with all tables. Closing it removes it. */
export async function aDatabase(): Promise<Database> {
  const directory = await mkdtemp(join(tmpdir(), "modelsync-store-"));
  const { url, drop } = await aTestDatabase(directory);
  const database = await openDatabase(url === null ? { directory } : { url });
  return {
    ...database,
    async close() {
      await database.close();
      await drop();
      await rm(directory, { recursive: true });
    },
  };
}
