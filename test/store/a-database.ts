import type { Database } from "../../src/store/database.ts";
import { openDatabase } from "../../src/store/open-database.ts";

/** An empty database in memory with all tables. */
export function aDatabase(): Promise<Database> {
  return openDatabase({ directory: null });
}
