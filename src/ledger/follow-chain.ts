import { hashOmitted, type Omitted, parseLine } from "./chain-line.ts";
import { hashRow, type LedgerRow, noPrevious } from "./row.ts";

/** What is wrong with a chain. Rows are named by their number. */
export type Fault =
  /** A line is no row; `seq`: the row that should stand there. */
  | { kind: "unreadable"; line: number; seq: number }
  /** What a row, or the note on rows left out that ends with it, says has another hash. */
  | { kind: "changed"; seq: number }
  | { kind: "missing"; from: number; to: number }
  /** A row stands after one that it comes before, or once more. */
  | { kind: "out-of-order"; seq: number; after: number }
  /** Its predecessor has another hash than it says: one of both was changed and its hash with it. */
  | { kind: "not-linked"; seq: number };

export interface Chain {
  /** Rows that were read. */
  rows: number;
  /** Rows that the file leaves out, and says so. */
  leftOut: number;
  first: LedgerRow | null;
  /** The last row's number and hash; null: there is no row. */
  head: { seq: number; hash: string } | null;
  /** Of the row whose hash was looked for; null: no row has it. */
  expectedAt: number | null;
  /** The first of them, and how many there are. */
  faults: Fault[];
  faultCount: number;
}

export type Taken = { line: string; row: LedgerRow } | { line: string; omitted: Omitted } | { line: string | null };

const mostFaults = 20;

/**
 * Follows a chain line by line.
 *
 * @param expectedHead a hash that some row must have, because it was once the last one's
 * @returns `take` reads the next line (null: bytes that are no text) and answers with what it holds; `chain` is what was found so far
 */
export function followChain(expectedHead: string | null = null): { take(line: string | null): Taken; chain: Chain } {
  const chain: Chain = {
    ...{ rows: 0, leftOut: 0, first: null, head: null, expectedAt: null },
    ...{ faults: [], faultCount: 0 },
  };
  let lines = 0;
  let unreadable = 0;
  /** Null: the row before is missing or can't be read, so that nobody can tell whether this one follows it. */
  let before: string | null = noPrevious;

  const fault = (found: Fault) => {
    chain.faultCount += 1;
    if (chain.faults.length < mostFaults) chain.faults.push(found);
  };
  const advance = (from: number, to: number, { previous, hash }: { previous: string; hash: string }) => {
    const expected = (chain.head?.seq ?? 0) + 1;
    if (from < expected) return fault({ kind: "out-of-order", seq: from, after: expected - 1 });
    const gap = from - expected;
    if (gap > unreadable) fault({ kind: "missing", from: expected, to: from - 1 - unreadable });
    else if (gap === 0 && before !== null && previous !== before) fault({ kind: "not-linked", seq: from });
    unreadable = 0;
    before = hash;
    chain.head = { seq: to, hash };
    if (expectedHead === hash) chain.expectedAt = to;
  };

  const take = (line: string | null): Taken => {
    lines += 1;
    const parsed = line === null ? null : parseLine(line);
    if (line === null || parsed === null) {
      unreadable += 1;
      fault({ kind: "unreadable", line: lines, seq: (chain.head?.seq ?? 0) + unreadable });
      return { line };
    }
    if ("row" in parsed) {
      const { row } = parsed;
      chain.rows += 1;
      chain.first ??= row;
      if (hashRow(row) !== row.hash) fault({ kind: "changed", seq: row.seq });
      advance(row.seq, row.seq, row);
      return { line, row };
    }
    const { omitted } = parsed;
    const { from, to } = omitted.omitted;
    if (hashOmitted(omitted) !== omitted.hash || to < from) fault({ kind: "changed", seq: to });
    chain.leftOut += Math.max(0, to - from + 1);
    advance(from, Math.max(from, to), { previous: omitted.previous, hash: omitted.last });
    return { line, omitted };
  };
  return { take, chain };
}
