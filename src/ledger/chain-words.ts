import { countOf } from "../words/count-of.ts";
import type { Chain, Fault } from "./follow-chain.ts";

/** Whether every row is there and says what it said, and with it the head that was expected, if one was. */
export function chainHolds({ faultCount, expectedAt }: Chain, expectedHead: string | null): boolean {
  return faultCount === 0 && (expectedHead === null || expectedAt !== null);
}

/** What was found, for a person: one line each, plain text. */
export function describeChain(chain: Chain, expectedHead: string | null = null): string[] {
  const { rows, leftOut, first, head, expectedAt, faults, faultCount } = chain;
  const holds = chainHolds(chain, expectedHead);
  const lines = [
    holds ? `The chain holds: ${countOf(rows, "row")}.` : `The chain does not hold: ${countOf(rows, "row")}.`,
  ];
  lines.push(...faults.map(describeFault));
  if (faultCount > faults.length) lines.push(`And ${countOf(faultCount - faults.length, "more fault")}.`);
  if (leftOut > 0) {
    lines.push(`Left out of this file, so that only their place was checked: ${countOf(leftOut, "row")}.`);
  }
  if (first?.kind === "begin") lines.push(`It begins at ${first.time}. What was before is not in it.`);
  if (head !== null) lines.push(`Head: row ${head.seq}, ${head.hash}`);
  if (expectedHead !== null) lines.push(describeExpected(expectedHead, expectedAt, head?.seq ?? 0));
  else if (holds) {
    lines.push(
      "Rows removed from its end don't show in a chain alone: compare the head with one noted earlier (--head).",
    );
  }
  return lines;
}

function describeExpected(hash: string, at: number | null, last: number): string {
  if (at === null) return `No row has the hash ${hash}: rows were removed from the end, or this is another chain.`;
  if (at === last) return "It is the head that was expected.";
  return `The head that was expected is row ${at}; ${countOf(last - at, "row")} came after it.`;
}

/** One fault, as a sentence. */
export function describeFault(fault: Fault): string {
  switch (fault.kind) {
    case "unreadable":
      return `Row ${fault.seq} can't be read: line ${fault.line} is not what ModelSync wrote.`;
    case "changed":
      return `Row ${fault.seq} was changed: its content does not have its hash.`;
    case "missing":
      return fault.from === fault.to
        ? `Row ${fault.from} is missing.`
        : `Rows ${fault.from} to ${fault.to} are missing.`;
    case "out-of-order":
      return `Row ${fault.seq} is out of place: it stands after row ${fault.after}.`;
    case "not-linked":
      return `Row ${fault.seq} does not follow row ${fault.seq - 1}: one of both was changed.`;
  }
}
