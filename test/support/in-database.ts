import type { Database } from "../../src/store/database.ts";
import { openAsItIs } from "../../src/store/open-database.ts";
import type { LocalApp } from "./local-app.ts";

/** Works in the App's database. The App stands still meanwhile: nobody else may open its data folder. */
export async function inDatabase<T>(local: LocalApp, work: (database: Database) => Promise<T>): Promise<T> {
  await local.app.stop();
  const { databaseUrl: url, directory } = local;
  const database = await openAsItIs(url === null ? { directory } : { url });
  const result = await work(database).finally(() => database.close());
  await local.restart();
  return result;
}
