import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { omittedLine, rowLine } from "../../src/ledger/chain-line.ts";
import { chainHolds, describeChain } from "../../src/ledger/chain-words.ts";
import { type Chain, followChain } from "../../src/ledger/follow-chain.ts";
import { readLines } from "../../src/ledger/read-lines.ts";
import { hashRow, type LedgerRow } from "../../src/ledger/row.ts";
import { aChain, forged } from "./a-row.ts";

const rows = aChain(7);
const [one, two, three, four, five, six, seven] = rows as [
  LedgerRow,
  LedgerRow,
  LedgerRow,
  LedgerRow,
  LedgerRow,
  LedgerRow,
  LedgerRow,
];

function follow(entries: readonly (LedgerRow | string | null)[], head: string | null = null): Chain {
  const { take, chain } = followChain(head);
  for (const entry of entries) take(entry === null || typeof entry === "string" ? entry : rowLine(entry));
  return chain;
}

const note = (from: LedgerRow, to: LedgerRow) =>
  omittedLine({ omitted: { from: from.seq, to: to.seq }, previous: from.previous, last: to.hash });

describe("a whole chain holds", () => {
  it.each([
    ["with all its rows", rows, 7, 0],
    ["with none", [], 0, 0],
    ["without its end, which its head tells", [one, two], 2, 0],
    [
      "with rows left out at its start, in its middle and at its end",
      [note(one, two), three, note(four, five), six, note(seven, seven)],
      2,
      5,
    ],
    ["with nothing but rows left out", [note(one, seven)], 0, 7],
  ])("%s", (_, entries, read, leftOut) => {
    const chain = follow(entries);
    const first = entries.find((entry) => typeof entry !== "string") ?? null;
    expect(chain).toMatchObject({ rows: read, leftOut, first, faults: [], faultCount: 0 });
    expect(chainHolds(chain, null)).toBe(true);
  });
});

it("a chain holds whose data has names that mean something to JavaScript", () => {
  const fields = { ...two, data: JSON.parse('{"__proto__":{"a":1},"constructor":null,"toJSON":"x"}') };
  expect(follow([one, { ...fields, hash: hashRow(fields) }])).toMatchObject({ rows: 2, faultCount: 0 });
});

it("nesting without end is no row", () => {
  const deep = 20_000;
  expect(follow([`{"data":${"[".repeat(deep)}${"]".repeat(deep)}}`])).toMatchObject({ rows: 0, faultCount: 1 });
});

describe("it does not when", () => {
  const spaced = rowLine(three).replace(":", ": ");
  it.each([
    [
      "a row was changed",
      [one, two, { ...three, person: "eve" }, four],
      ["Row 3 was changed: its content does not have its hash."],
    ],
    [
      "a row was changed with its hash",
      [one, two, forged(three), four],
      ["Row 4 does not follow row 3: one of both was changed."],
    ],
    ["a row in the middle was removed", [one, two, four, five], ["Row 3 is missing."]],
    ["rows at the start were removed", [three, four], ["Rows 1 to 2 are missing."]],
    [
      "two rows were swapped",
      [one, two, four, three, five],
      ["Row 3 is missing.", "Row 3 is out of place: it stands after row 4."],
    ],
    ["a row stands twice", [one, two, two, three], ["Row 2 is out of place: it stands after row 2."]],
    [
      "a row has another hash",
      [one, two, { ...three, hash: four.hash }],
      ["Row 3 was changed: its content does not have its hash."],
    ],
    [
      "the first row follows another",
      [forged({ ...one, previous: two.hash }), two],
      [
        "Row 1 does not follow row 0: one of both was changed.",
        "Row 2 does not follow row 1: one of both was changed.",
      ],
    ],
    ["a line is no row", [one, two, "{}", four], ["Row 3 can't be read: line 3 is not what ModelSync wrote."]],
    ["a line is no text", [one, two, null, four], ["Row 3 can't be read: line 3 is not what ModelSync wrote."]],
    ["a line was added", [one, two, "", three, four], ["Row 3 can't be read: line 3 is not what ModelSync wrote."]],
    ["a row is written with a space", [one, two, spaced], ["Row 3 can't be read: line 3 is not what ModelSync wrote."]],
    [
      "rows are unreadable and missing",
      [one, "", five],
      ["Row 2 can't be read: line 2 is not what ModelSync wrote.", "Rows 2 to 3 are missing."],
    ],
    ["rows left out would leave a gap", [one, note(three, four), five], ["Row 2 is missing."]],
    [
      "rows left out don't follow",
      [one, two, note({ ...three, previous: one.hash }, four), five],
      ["Row 3 does not follow row 2: one of both was changed."],
    ],
    [
      "the note on rows left out was changed",
      [one, note(two, three).replace('"to":3', '"to":4')],
      ["Row 4 was changed: its content does not have its hash."],
    ],
  ])("%s", (_, entries, sentences) => {
    const chain = follow(entries);
    expect(describeChain(chain).filter((line) => line.startsWith("Row") && !line.startsWith("Rows removed"))).toEqual(
      sentences,
    );
    expect(chainHolds(chain, null)).toBe(false);
  });

  it("a note leaves rows out that end before they begin", () => {
    const chain = follow([one, omittedLine({ omitted: { from: 2, to: 1 }, previous: one.hash, last: two.hash })]);
    expect(chain).toMatchObject({ leftOut: 0, faults: [{ kind: "changed", seq: 1 }] });
  });

  it("counts faults that it does not list", () => {
    const chain = follow(Array.from({ length: 30 }, () => "x"));
    expect([chain.faults.length, chain.faultCount]).toEqual([20, 30]);
    expect(describeChain(chain)).toContain("And 10 more faults.");
  });
});

describe("a head that was noted earlier", () => {
  it.each([
    ["is the head", rows, seven.hash, true, "It is the head that was expected."],
    ["is a row before it", rows, five.hash, true, "The head that was expected is row 5; 2 rows came after it."],
    ["ends the rows left out", [one, note(two, four)], four.hash, true, "It is the head that was expected."],
    [
      "is gone with the end",
      [one, two, three],
      five.hash,
      false,
      `No row has the hash ${five.hash}: rows were removed from the end, or this is another chain.`,
    ],
  ])("%s", (_, entries, head, holds, sentence) => {
    const chain = follow(entries, head);
    expect(chainHolds(chain, head)).toBe(holds);
    expect(describeChain(chain, head).at(-1)).toBe(sentence);
  });
});

describe("any change of one byte of an export is detected", () => {
  const whole = Buffer.from(rows.map((row) => `${rowLine(row)}\n`).join(""));
  const partial = Buffer.from(
    [note(one, two), rowLine(three), note(four, five), rowLine(six), note(seven, seven), ""].join("\n"),
  );

  async function verify(bytes: Buffer): Promise<Chain> {
    const { take, chain } = followChain();
    for await (const line of readLines([bytes.subarray(0, 1000), bytes.subarray(1000)])) take(line);
    return chain;
  }

  it.each([
    ["whole", whole],
    ["with rows left out", partial],
  ])("%s", async (_, bytes) => {
    expect(chainHolds(await verify(bytes), null)).toBe(true);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const changed = Buffer.from(bytes);
        changed[at]! ^= change;
        expect(chainHolds(await verify(changed), null)).toBe(false);
      }),
      { numRuns: 1_500, seed: 9 },
    );
  });

  it("also of one byte that is removed, its last line end apart, or added", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 2), fc.nat(255), async (at, byte) => {
        const removed = Buffer.concat([whole.subarray(0, at), whole.subarray(at + 1)]);
        const added = Buffer.concat([whole.subarray(0, at), Buffer.from([byte]), whole.subarray(at)]);
        expect(chainHolds(await verify(removed), null)).toBe(false);
        expect(chainHolds(await verify(added), null)).toBe(false);
      }),
      { numRuns: 500, seed: 9 },
    );
  });

  it("lines come whole however the bytes are cut", async () => {
    for (const size of [1, 7, 1_000]) {
      const parts = Array.from({ length: Math.ceil(whole.length / size) }, (_, at) =>
        whole.subarray(at * size, at * size + size),
      );
      const { take, chain } = followChain();
      for await (const line of readLines(parts)) take(line);
      expect(chain).toMatchObject({ rows: 7, faultCount: 0 });
    }
  });
});
