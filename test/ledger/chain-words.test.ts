import { describe, expect, it } from "vitest";
import { describeChain } from "../../src/ledger/chain-words.ts";
import type { Chain } from "../../src/ledger/follow-chain.ts";
import { aChain } from "./a-row.ts";

const [begin, second] = aChain(2);
const hash = second!.hash;
const compare =
  "Rows removed from its end don't show in a chain alone: compare the head with one noted earlier (--head).";

const chain = (change: Partial<Chain> = {}): Chain => ({
  ...{ rows: 2, leftOut: 0, first: begin!, head: { seq: 2, hash }, expectedAt: null, faults: [], faultCount: 0 },
  ...change,
});
const begins = "It begins at 2026-01-01T00:00:00.000Z. What was before is not in it.";

describe("what is said of a chain", () => {
  it.each<[string, Chain, string | null, string[]]>([
    ["that holds", chain(), null, ["The chain holds: 2 rows.", begins, `Head: row 2, ${hash}`, compare]],
    ["without a row", chain({ rows: 0, first: null, head: null }), null, ["The chain holds: 0 rows.", compare]],
    [
      "without a row, where one was expected",
      chain({ rows: 0, first: null, head: null }),
      hash,
      [
        "The chain does not hold: 0 rows.",
        `No row has the hash ${hash}: rows were removed from the end, or this is another chain.`,
      ],
    ],
    [
      "of which a file holds a part",
      chain({ rows: 1, leftOut: 1, first: second! }),
      null,
      [
        "The chain holds: 1 row.",
        "Left out of this file, so that only their place was checked: 1 row.",
        `Head: row 2, ${hash}`,
        compare,
      ],
    ],
    [
      "with the head that was expected",
      chain({ expectedAt: 2 }),
      hash,
      ["The chain holds: 2 rows.", begins, `Head: row 2, ${hash}`, "It is the head that was expected."],
    ],
    [
      "that is broken",
      chain({ faults: [{ kind: "changed", seq: 2 }], faultCount: 1 }),
      null,
      [
        "The chain does not hold: 2 rows.",
        "Row 2 was changed: its content does not have its hash.",
        begins,
        `Head: row 2, ${hash}`,
      ],
    ],
    [
      "that is broken in more places than are listed",
      chain({ faults: [{ kind: "missing", from: 1, to: 2 }], faultCount: 2, first: null, head: null }),
      null,
      ["The chain does not hold: 2 rows.", "Rows 1 to 2 are missing.", "And 1 more fault."],
    ],
  ])("%s", (_, found, expected, lines) => {
    expect(describeChain(found, expected)).toEqual(lines);
  });
});
