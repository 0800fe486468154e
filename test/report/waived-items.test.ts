import { expect, it } from "vitest";
import { waivedItems } from "../../src/report/waived-items.ts";
import type { CheckOutcome } from "../../src/verdict/verdict.ts";
import type { WaivedFinding } from "../../src/verdict/waiver.ts";

function waived(different: Partial<Omit<WaivedFinding, "waiver">> = {}, waiver: object = {}): WaivedFinding {
  const title = "age drifted";
  return {
    finding: { check: "data-drift", fingerprint: "f", title, evidence: {}, remedy: "" },
    state: "holds",
    was: 0.31,
    now: 0.31,
    waiver: {
      reason: "new survey wave",
      by: "grace",
      given: "2026-01-02T03:04:05Z",
      until: "2026-04-02",
      headSha: "c".repeat(40),
      comment: 5,
      baseRef: "main",
      withdrawnBy: null,
      ...waiver,
    },
    ...different,
  };
}

function items(...given: WaivedFinding[]): string[] {
  const result: CheckOutcome["result"] = { answer: "pass", summary: "", findings: [] };
  return waivedItems({ id: "data-drift", title: "Data drift", group: "data", level: "block", result, waived: given });
}

it.each<[string, WaivedFinding, string]>([
  [
    "holds",
    waived(),
    "- [x] **Data drift**, waived by grace until 2026-04-02 (90 days from 2026-01-02): age drifted. Reason: new survey wave",
  ],
  [
    "ended with more",
    waived({ state: "worse", now: 0.42 }),
    "- [ ] **Data drift**: the waiver of grace of 2026-01-02 holds no longer, because it got worse: age drifted (0.3100 → 0.4200). Reason: new survey wave",
  ],
  [
    "ran out",
    waived({ state: "expired" }),
    "- [ ] **Data drift**: the waiver of grace of 2026-01-02 holds no longer, because its time is over: age drifted. Reason: new survey wave",
  ],
  [
    "was taken back",
    waived({ state: "withdrawn" }, { withdrawnBy: "ada" }),
    "- [ ] **Data drift**: the waiver of grace of 2026-01-02 holds no longer, because ada took it back: age drifted. Reason: new survey wave",
  ],
  [
    "holds for rows",
    waived({ rows: { accepted: 3, now: 3, others: 0 } }),
    "- [x] **Data drift**, waived by grace until 2026-04-02 (90 days from 2026-01-02): age drifted (3 rows accepted). Reason: new survey wave",
  ],
  [
    "holds for fewer rows",
    waived({ rows: { accepted: 1200, now: 1100, others: 0 } }),
    "- [x] **Data drift**, waived by grace until 2026-04-02 (90 days from 2026-01-02): age drifted (1,200 rows accepted; 1,100 of them now). Reason: new survey wave",
  ],
  [
    "met other rows",
    waived({ state: "other-rows", rows: { accepted: 3, now: 5, others: 2 } }),
    "- [ ] **Data drift**: the waiver of grace of 2026-01-02 holds no longer, because it is about other rows now: age drifted (3 rows accepted; 2 others now). Reason: new survey wave",
  ],
  [
    "met other rows of very many",
    waived({ state: "other-rows", rows: { accepted: 20_000, now: 1, others: null } }),
    "- [ ] **Data drift**: the waiver of grace of 2026-01-02 holds no longer, because it is about other rows now: age drifted (20,000 rows accepted; now 1 row, not the same). Reason: new survey wave",
  ],
])("a waiver that %s", (_, one, expected) => {
  expect(items(one)).toEqual([expected]);
});

it("shows a reason as text, whatever is in it", () => {
  const reason = "**so** @ada closes #1 <!-- x --> [a](https://b.c) `d`";
  expect(items(waived({}, { reason }))[0]).toMatch(
    /Reason: \\\*\\\*so\\\*\\\* @&#8203;ada closes #&#8203;1 &lt;!-- x --&gt; \\\[a\\\]\(https:&#8203;\/\/b\.c\) \\`d\\`$/,
  );
});

it("one command that waived seven findings is one item", () => {
  expect(items(...Array(7).fill(waived()))).toEqual([expect.stringContaining("; age drifted and 2 more. Reason:")]);
});
