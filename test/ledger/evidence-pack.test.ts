import { describe, expect, it } from "vitest";
import { evidencePack } from "../../src/ledger/evidence-pack.ts";
import type { LedgerRow } from "../../src/ledger/row.ts";
import { aChain } from "./a-row.ts";

const [begin, row] = aChain(2) as [LedgerRow, LedgerRow];

const finding = { fingerprint: "0123456789abcdef", title: "recall got worse", evidence: { base: 0.554, head: 0.194 } };
const verdict = {
  ...{ conclusion: "failure", title: "This change makes income worse", baseRef: "main" },
  ...{ mergeBase: "8f3c2a1", policy: "", engine: "e/2", verdict: "fail", problems: [] },
  checks: [
    { id: "metric-regression", level: "block", answer: "fail", findings: [finding], findingsLeftOut: 2 },
    {
      ...{ id: "data-drift", level: "block", answer: "pass", findings: [] },
      waived: [{ finding, state: "holds", by: "ada", until: "2026-04-01", reason: "new wave, see #12" }],
    },
  ],
};

describe("the evidence pack", () => {
  it("tells of each pull request what was decided", () => {
    const waiver: LedgerRow = {
      ...row,
      seq: 3,
      kind: "waiver",
      person: "ada",
      data: { reason: "as agreed", until: null },
    };
    const override: LedgerRow = {
      ...{ ...row, seq: 4, kind: "override", person: "grace" },
      data: { baseRef: "main", checkRun: 5, given: "2026-01-02T03:04:05.678Z", reason: "closes #1" },
    };
    const head = `Head: row 3, ${row.hash}`;
    expect(evidencePack([begin, { ...row, data: verdict }, waiver, override], ["The chain holds: 3 rows.", head])).toBe(
      `# Ledger

* The chain holds: 3 rows.
* Head: row 3, \`${row.hash}\`

Times are UTC. Long texts are cut; the export as JSON Lines holds all of each row.

## The chain

### Row 1: begin, 2026-01-01 00:00:00

A chain begins. What was recorded before it, if anything, is not in this ledger. Head \`${row.headSha}\`. Hash \`${begin.hash}\`.

* title: Row 1 of “éü😀”
* numbers.0: 0.3333333333333333
* numbers.1: \\-1e-7

## acme/income#&#8203;57

### Row 2: verdict, 2026-01-02 00:00:00

A verdict was published. Head \`${row.headSha}\`. Hash \`${row.hash}\`.

**failure**: This change makes income worse

Base \`main\`, merge base \`8f3c2a1\`, policy none, engine \`e/2\`.

| check | level | answer |
|---|---|---|
| metric-regression | block | fail |
| data-drift | block | pass |

* metric-regression \`0123456789abcdef\`: recall got worse (base: 0.554, head: 0.194)
* metric-regression: 2 more findings
* Waived by ada until 2026-04-01 (holds), reason: new wave, see #&#8203;12: data-drift \`0123456789abcdef\`: recall got worse (base: 0.554, head: 0.194)

### Row 3: waiver, 2026-01-02 00:00:00

A finding was accepted. By ada. Head \`${row.headSha}\`. Hash \`${row.hash}\`.

* reason: as agreed
* until: null

### Row 4: override, 2026-01-02 00:00:00

A check run was published by hand. By grace. Head \`${row.headSha}\`. Hash \`${row.hash}\`.

* baseRef: main
* checkRun: 5
* given: 2026-01-02T03:&#8203;04:05.678Z
* reason: closes #&#8203;1
`,
    );
  });

  it("tells the reason of a waiver that names more than is shown, and hashes as they are", () => {
    const names = Array.from({ length: 150 }, (_, index) => index.toString(16).padStart(16, "0"));
    const data = {
      findings: [{ fingerprint: "0123456789abcdef", rows: { names } }],
      reason: "as agreed",
      until: "2026-04-01",
    };
    const shown = evidencePack([{ ...row, kind: "waiver", data }], []);
    expect(shown).toContain(
      "\n\n* reason: as agreed\n* until: 2026-04-01\n* findings.0.fingerprint: `0123456789abcdef`\n",
    );
    expect(shown).toContain("* 53 more lines");
  });

  const hostile = "<img src=x onerror=alert(1)> @ada | closes #1 ](https://evil.example) `x`\n# heading";

  it.each([
    [
      "a verdict",
      {
        ...verdict,
        title: hostile,
        baseRef: hostile,
        checks: [
          {
            ...verdict.checks[0]!,
            id: hostile,
            findings: [{ fingerprint: hostile, title: hostile, evidence: { [hostile]: hostile } }],
          },
        ],
      },
    ],
    ["any other data", { [hostile]: [{ [hostile]: hostile }] }],
  ])("shows hostile text as text: %s", (_, data) => {
    const pack = evidencePack([{ ...row, data, person: hostile, repository: { id: 7, name: hostile } }], [hostile]);
    expect(pack).not.toMatch(/<img|@ada|#1\b|^# heading|[^\\]\]\(|\n#+ heading/m);
  });

  it("says how much it leaves out", () => {
    const data = { list: Array.from({ length: 120 }, (_, at) => at) };
    expect(evidencePack([{ ...row, kind: "from-later", data }], [])).toMatch(/list\.99: 99\n\* 20 more lines\n$/);
  });
});
