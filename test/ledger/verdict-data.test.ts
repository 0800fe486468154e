import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../src/ledger/canonical-json.ts";
import { type Judged, verdictData } from "../../src/ledger/verdict-data.ts";
import type { Finding } from "../../src/verdict/check.ts";
import type { CheckOutcome } from "../../src/verdict/verdict.ts";

const finding = (change: Partial<Finding> = {}): Finding => ({
  check: "metric-regression",
  fingerprint: "0123456789abcdef",
  title: "recall of income got worse",
  evidence: { base: 0.554, head: 0.194 },
  remedy: "Bring the columns back.",
  ...change,
});

const outcome = (answer: CheckOutcome["result"]["answer"], ...findings: Finding[]): CheckOutcome => ({
  id: "metric-regression",
  title: "Metrics",
  group: "model",
  level: "block",
  result: { answer, summary: "", findings },
});

function judged(outcomes: CheckOutcome[] | null, change: Partial<Judged> = {}): Judged {
  const sentence = "this change makes `income` worse";
  return {
    conclusion: "failure",
    title: "This change makes income worse",
    verdict: outcomes && { conclusion: "fail", sentence, outcomes, problems: [] },
    baseRef: "main",
    mergeBase: "8f3c2a1",
    policy: "abc",
    engine: "e/2",
    ...change,
  };
}

const same = { conclusion: "failure", title: "This change makes income worse", baseRef: "main", engine: "e/2" };

describe("a verdict's row", () => {
  it("holds each check's answer, and of failing ones the findings with their numbers", () => {
    expect(verdictData(judged([outcome("fail", finding()), outcome("pass", finding())]))).toEqual({
      ...same,
      mergeBase: "8f3c2a1",
      policy: "abc",
      verdict: "fail",
      checks: [
        {
          id: "metric-regression",
          level: "block",
          answer: "fail",
          findings: [
            {
              fingerprint: "0123456789abcdef",
              title: "recall of income got worse",
              evidence: { base: 0.554, head: 0.194 },
            },
          ],
        },
        { id: "metric-regression", level: "block", answer: "pass", findings: [] },
      ],
      problems: [],
    });
  });

  it("says when nothing could be judged, and takes nothing else along", () => {
    const report = { comment: "hello" };
    expect(verdictData({ ...report, ...judged(null, { mergeBase: null, policy: null }) })).toEqual({
      ...same,
      ...{ mergeBase: null, policy: null, verdict: null, checks: [], problems: [] },
    });
  });

  const check = (...findings: Finding[]) =>
    (verdictData(judged([outcome("cannot-tell", ...findings)])).checks as Record<string, unknown>[])[0]!;

  it.each([
    ["writes numbers out that JSON can't hold", { n: Number.NaN, i: -Infinity }, { n: "NaN", i: "-Infinity" }],
    ["keeps text of 300 characters", { t: "x".repeat(300) }, { t: "x".repeat(300) }],
    ["cuts long text", { t: "x".repeat(301) }, { t: `${"x".repeat(299)}…` }],
    ["splits no character as it cuts", { t: "😀".repeat(151) }, { t: `${"😀".repeat(149)}\ufffd…` }],
    ["keeps all else", { a: null, b: true, c: 0, d: "" }, { a: null, b: true, c: 0, d: "" }],
  ])("%s", (_, evidence, kept) => {
    expect(check(finding({ evidence }))).toMatchObject({ findings: [{ evidence: kept }] });
    expect(() => canonicalJson(verdictData(judged([outcome("fail", finding({ evidence }))])))).not.toThrow();
  });

  it("names what was waived, by whom and why", () => {
    const waiver = {
      ...{ reason: "r".repeat(400), by: "ada", given: "2026-01-01T00:00:00Z", until: "2026-04-01" },
      ...{ headSha: "c91e7d0", baseRef: "main", comment: 5, withdrawnBy: null },
    };
    const waived = [{ finding: finding(), state: "holds" as const, was: 0.3, now: Number.NaN, waiver }];
    const { fingerprint, title, evidence } = finding();
    const [row] = verdictData(judged([{ ...outcome("pass"), waived }])).checks as Record<string, unknown>[];
    expect(row).toEqual({
      ...{ id: "metric-regression", level: "block", answer: "pass", findings: [] },
      waived: [
        {
          ...{ finding: { fingerprint, title, evidence }, state: "holds", was: 0.3, now: "NaN" },
          ...{ by: "ada", until: "2026-04-01", reason: `${"r".repeat(299)}…`, comment: 5 },
        },
      ],
    });
  });

  it("names mistakes in a policy", () => {
    const problem = { code: "unknown-key" as const, message: "", remedy: "" };
    const where = [
      { path: "policy.yml", key: "models" },
      { path: "x".repeat(400), line: 1 },
    ];
    const problems = where.map((one) => ({ ...problem, where: one }));
    const verdict = { conclusion: "fail" as const, sentence: "", outcomes: [], problems };
    expect(verdictData(judged(null, { verdict })).problems).toEqual([
      { code: "unknown-key", path: "policy.yml", key: "models" },
      { code: "unknown-key", path: `${"x".repeat(299)}…`, key: null },
    ]);
    const many = { ...verdict, problems: Array.from({ length: 101 }, () => problems[0]!) };
    expect(verdictData(judged(null, { verdict: many })).problems).toHaveLength(100);
  });

  it("names how many findings were left out", () => {
    const many = Array.from({ length: 103 }, (_, at) => finding({ fingerprint: String(at) }));
    expect(check(...many)).toMatchObject({ findings: { length: 100 }, findingsLeftOut: 3 });
    expect(check(...many.slice(3))).not.toHaveProperty("findingsLeftOut");
  });
});
