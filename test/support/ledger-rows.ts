import type { LedgerRow } from "../../src/ledger/row.ts";
import { storedLines } from "../../src/ledger/stored-lines.ts";
import { openAsItIs } from "../../src/store/open-database.ts";
import type { LocalApp } from "./local-app.ts";

/** What the App's ledger holds. The App stands still meanwhile: nobody else may open its data folder. */
export async function ledgerRows(local: LocalApp): Promise<LedgerRow[]> {
  await local.app.stop();
  const { databaseUrl: url, directory } = local;
  const database = await openAsItIs(url === null ? { directory } : { url });
  const rows: LedgerRow[] = [];
  for await (const line of storedLines(database)) rows.push(JSON.parse(line));
  await database.close();
  await local.restart();
  return rows;
}
