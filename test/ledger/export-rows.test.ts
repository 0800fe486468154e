import { describe, expect, it } from "vitest";
import { rowLine } from "../../src/ledger/chain-line.ts";
import { exportCsv, exportJsonLines } from "../../src/ledger/export-rows.ts";
import { followChain } from "../../src/ledger/follow-chain.ts";
import type { LedgerRow } from "../../src/ledger/row.ts";
import { aChain } from "./a-row.ts";

const rows = aChain(6);
const entries = (chain: readonly LedgerRow[] = rows) => chain.map((row) => ({ line: rowLine(row), row }));

async function textOf(parts: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const part of parts) text += part;
  return text;
}

describe("JSON Lines", () => {
  it.each([
    ["all rows", [1, 2, 3, 4, 5, 6], "rrrrrr"],
    ["rows in the middle", [3, 4], "orro"],
    ["rows at both ends", [1, 6], "ror"],
    ["every other row", [2, 4, 6], "ororor"],
    ["none", [], "o"],
  ])("of %s can be verified, up to the same head", async (_, wanted, form) => {
    const text = await textOf(exportJsonLines(entries(), ({ seq }) => (wanted as number[]).includes(seq)));
    const lines = text.split("\n").slice(0, -1);
    const { take, chain } = followChain();
    const taken = lines.map((line) => ("row" in take(line) ? "r" : "o"));
    expect([taken.join(""), chain.rows, chain.leftOut]).toEqual([form, wanted.length, 6 - wanted.length]);
    expect(chain).toMatchObject({ faultCount: 0, head: { seq: 6, hash: rows[5]!.hash } });
  });

  it("don't hide that a row is missing among those that were not asked for", async () => {
    const { take, chain } = followChain();
    const text = await textOf(exportJsonLines(entries([...rows.slice(0, 2), ...rows.slice(3)]), () => false));
    for (const line of text.split("\n").slice(0, -1)) take(line);
    expect(chain.faults).toEqual([{ kind: "missing", from: 3, to: 3 }]);
  });

  it("pass on what can't be read", async () => {
    const text = await textOf(exportJsonLines([{ line: "{broken" }, { line: null }], () => false));
    expect(text).toBe("{broken\n\n");
  });
});

describe("CSV", () => {
  const cells = async (change: Partial<LedgerRow>) => {
    const text = await textOf(exportCsv(entries([{ ...rows[1]!, ...change }]), () => true));
    return text.slice(text.indexOf("\n") + 1);
  };

  it("has a header and a line per wanted row", async () => {
    const text = await textOf(exportCsv(entries(), ({ seq }) => seq === 2));
    expect(text.split("\n").map((line) => line.split(",").slice(0, 8).join(","))).toEqual([
      "seq,time,kind,repository_id,repository,pull_request,head_sha,person",
      `2,2026-01-02T00:00:00.000Z,verdict,7,acme/income,57,${rows[1]!.headSha},`,
      "",
    ]);
  });

  it.each(["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "\r=1"])("runs no formula: %j", async (text) => {
    const line = await cells({ person: text, data: { conclusion: text, title: text } });
    expect(line.split(`'${text}`)).toHaveLength(4);
  });

  it("keeps quotes, commas and line ends in their cell", async () => {
    expect(await cells({ data: { title: 'a,"b"\n=c' } })).toContain('"a,""b""\n=c"');
  });
});
