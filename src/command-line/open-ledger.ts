import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Outcome, type Problem, refused } from "../../pipeline/problem.ts";
import { readDatabasePlace } from "../environment.ts";
import type { Database } from "../store/database.ts";
import { DirectoryLocked } from "../store/directory-lock.ts";
import { hasLedger } from "../store/ledger-rows.ts";
import { openAsItIs } from "../store/open-database.ts";
import { DatabaseDamaged } from "../store/pglite-database.ts";
import {
  databaseDamaged,
  databaseInUse,
  databaseUnreachable,
  noDatabase,
  noLedger,
  notADatabaseUrl,
  severalLedgers,
} from "./ledger-problems.ts";

/** Where the App's database is, as options say it. Without any, as the server's variables say it. */
export interface LedgerPlace {
  data?: string;
  databaseUrl?: string;
}

/**
 * Opens the App's database and lets `work` read its ledger. Makes no database, no folder and no table. What goes wrong in the database
 * meanwhile is a problem too.
 */
export async function readLedger<T>(
  place: LedgerPlace,
  work: (database: Database) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const found = locate(place);
  if (!found.ok) return found;
  const { path, location } = found.value;
  try {
    const database = await openAsItIs(location);
    try {
      if (!(await hasLedger(database))) return refused(noLedger(path));
      return await work(database);
    } finally {
      await database.close();
    }
  } catch (error) {
    return refused(problemOf(error, path, "url" in location));
  }
}

/** @returns the place, and how to name it in a problem */
function locate({
  data,
  databaseUrl,
}: LedgerPlace): Outcome<{ path: string; location: Parameters<typeof openAsItIs>[0] }> {
  if (data !== undefined && databaseUrl !== undefined) return refused(severalLedgers);
  const set = readDatabasePlace();
  const url = databaseUrl ?? (data === undefined ? set.databaseUrl : null);
  if (url !== null) {
    const path = databaseUrl === undefined ? "DATABASE_URL" : "--database-url";
    if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) return refused(notADatabaseUrl(path, url));
    return { ok: true, value: { path, location: { url } }, notes: [] };
  }
  const directory = data ?? set.dataDirectory;
  if (!existsSync(join(directory, "database", "PG_VERSION"))) return refused(noDatabase(directory));
  return { ok: true, value: { path: directory, location: { directory } }, notes: [] };
}

function problemOf(error: unknown, path: string, isServer: boolean): Problem {
  if (error instanceof DirectoryLocked) return databaseInUse(path, error.holder);
  if (error instanceof DatabaseDamaged) return databaseDamaged(path, error.message);
  // What the server says has a code of five characters, what the network says begins with an E.
  const code = String((error as { code?: unknown }).code ?? "");
  const timedOut = error instanceof Error && /timeout|terminated/i.test(error.message);
  if (isServer && (/^(?:[0-9A-Z]{5}|E[A-Z]+)$/.test(code) || timedOut)) return databaseUnreachable(path, error);
  throw error;
}
