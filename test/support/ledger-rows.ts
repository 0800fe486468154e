import type { LedgerRow } from "../../src/ledger/row.ts";
import { storedLines } from "../../src/ledger/stored-lines.ts";
import { inDatabase } from "./in-database.ts";
import type { LocalApp } from "./local-app.ts";

/** What the App's ledger holds. */
export function ledgerRows(local: LocalApp): Promise<LedgerRow[]> {
  return inDatabase(local, async (database) => {
    const rows: LedgerRow[] = [];
    for await (const line of storedLines(database)) rows.push(JSON.parse(line));
    return rows;
  });
}
