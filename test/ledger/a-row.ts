import type { NewRow } from "../../src/ledger/row.ts";

/** A verdict about a pull request of `acme/income`. */
export function aRow(change: Partial<NewRow> = {}): NewRow {
  return {
    kind: "verdict",
    repository: { id: 7, name: "acme/income" },
    number: 57,
    headSha: "c91e7d0".padEnd(40, "0"),
    person: null,
    data: { conclusion: "success" },
    ...change,
  };
}
