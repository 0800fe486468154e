import { expect, it } from "vitest";
import { collectWaivers } from "../../src/ledger/collect-waivers.ts";
import type { LedgerRow } from "../../src/ledger/row.ts";
import { aChain } from "./a-row.ts";

const [, some] = aChain(2) as [LedgerRow, LedgerRow];
const headSha = "c".repeat(40);
const accepted = (fingerprint: string) => ({ fingerprint, title: "x", badness: null, evidence: "e" });
const waiver = (check: string, fingerprint: string, change: Partial<LedgerRow> = {}): LedgerRow => ({
  ...some,
  ...{ kind: "waiver", person: "grace" },
  data: {
    check,
    findings: [accepted(fingerprint)],
    reason: "agreed",
    until: "2026-04-02",
    headSha,
    baseRef: "main",
    comment: 5,
  },
  ...change,
});
const unwaiver = (check: string, fingerprint: string | null, change: Partial<LedgerRow> = {}): LedgerRow => ({
  ...some,
  ...{ kind: "unwaiver", person: "ada" },
  data: { check, fingerprint, comment: 6 },
  ...change,
});

function collect(...rows: LedgerRow[]) {
  const { take, recorded } = collectWaivers();
  for (const row of rows) take(row);
  return recorded;
}

it("reads back what was recorded", () => {
  expect(collect(some, waiver("data-drift", "aa"))).toEqual({
    waivers: [
      {
        repository: { id: 7, name: "acme/income" },
        number: 57,
        waiver: {
          check: "data-drift",
          findings: [accepted("aa")],
          reason: "agreed",
          by: "grace",
          given: some.time,
          until: "2026-04-02",
          headSha,
          comment: 5,
          baseRef: "main",
          withdrawnBy: null,
        },
      },
    ],
    unreadable: 0,
  });
});

it("knows when one was given that was read back after the ledger was lost", () => {
  const [given, row] = ["2026-01-01T00:00:00.000Z", waiver("data-drift", "aa")];
  const { waivers } = collect({ ...row, data: { ...row.data, given, restored: true } });
  expect(waivers.map((one) => one.waiver.given)).toEqual([given]);
});

it.each<[string, LedgerRow, (string | null)[]]>([
  ["of the check", unwaiver("data-drift", null), ["ada", "ada", null]],
  ["of one finding", unwaiver("data-drift", "bb"), [null, "ada", null]],
  ["of another pull request", unwaiver("data-drift", null, { number: 58 }), [null, null, null]],
  ["of another repository", unwaiver("data-drift", null, { repository: { id: 8, name: "a/b" } }), [null, null, null]],
])("takes back what is %s", (_, row, expected) => {
  const given = [waiver("data-drift", "aa"), waiver("data-drift", "bb"), waiver("linked-issue", "aa")];
  expect(collect(...given, row).waivers.map((one) => one.waiver.withdrawnBy)).toEqual(expected);
});

it("counts what it can't read", () => {
  const rows = [waiver("x", "aa", { data: { check: "x" } }), waiver("x", "aa", { person: null }), unwaiver("x", null)];
  expect(collect(...rows, { ...unwaiver("x", null), data: {} })).toEqual({ waivers: [], unreadable: 3 });
});
