import { hashRow, type LedgerRow, type NewRow, noPrevious } from "../../src/ledger/row.ts";

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

/** A chain of a beginning and verdicts, as it would be stored, with so many rows. */
export function aChain(count: number): LedgerRow[] {
  const rows: LedgerRow[] = [];
  for (let seq = 1; seq <= count; seq += 1) {
    const { kind, ...about } = seq === 1 ? aRow({ kind: "begin", repository: null, number: null }) : aRow();
    const time = new Date(Date.UTC(2026, 0, seq)).toISOString();
    const data = { title: `Row ${seq} of “éü😀”`, numbers: [seq / 3, -1e-7] };
    const fields = { ...about, seq, time, kind, data, previous: rows.at(-1)?.hash ?? noPrevious };
    rows.push({ ...fields, hash: hashRow(fields) });
  }
  return rows;
}

/** A row that says something else, with the hash that belongs to it: what somebody would write who knows how. */
export function forged(row: LedgerRow): LedgerRow {
  const fields = { ...row, person: "eve" };
  return { ...fields, hash: hashRow(fields) };
}
