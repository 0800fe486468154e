import { csvLine } from "../../pipeline/export/csv-line.ts";
import { canonicalJson, type Plain } from "./canonical-json.ts";
import { omittedLine } from "./chain-line.ts";
import type { Taken } from "./follow-chain.ts";
import type { LedgerRow } from "./row.ts";

type Entries = AsyncIterable<Taken> | Iterable<Taken>;
type Wanted = (row: LedgerRow) => boolean;

/**
 * JSON Lines: every wanted row to the byte, and in the place of others a note of which these were, so that what is there can still be
 * verified.
 */
export async function* exportJsonLines(entries: Entries, wanted: Wanted): AsyncGenerator<string> {
  let leftOut = null as { from: number; to: number; previous: string; last: string } | null;
  const note = () => {
    if (leftOut === null) return "";
    const { from, to, ...hashes } = leftOut;
    leftOut = null;
    return `${omittedLine({ omitted: { from, to }, ...hashes })}\n`;
  };
  for await (const entry of entries) {
    if (!("row" in entry) || wanted(entry.row)) {
      yield `${note()}${entry.line ?? ""}\n`;
      continue;
    }
    const { seq, previous, hash } = entry.row;
    if (leftOut !== null && leftOut.to !== seq - 1) yield note();
    leftOut = { from: leftOut?.from ?? seq, to: seq, previous: leftOut?.previous ?? previous, last: hash };
  }
  yield note();
}

const columns = [
  ...["seq", "time", "kind", "repository_id", "repository", "pull_request", "head_sha", "person"],
  ...["conclusion", "title", "data", "previous", "hash"],
];

/** CSV for a spreadsheet: text that it would run as a formula begins with an apostrophe. */
export async function* exportCsv(entries: Entries, wanted: Wanted): AsyncGenerator<string> {
  yield csvLine(columns);
  for await (const entry of entries) if ("row" in entry && wanted(entry.row)) yield csvLine(toCells(entry.row));
}

function toCells({ data, ...row }: LedgerRow): (string | number)[] {
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  return [
    ...[row.seq, row.time, row.kind, row.repository?.id ?? "", row.repository?.name ?? "", row.number ?? ""],
    ...[row.headSha ?? "", row.person ?? "", text(data.conclusion), text(data.title)],
    ...[canonicalJson(data as Plain), row.previous, row.hash],
  ];
}
