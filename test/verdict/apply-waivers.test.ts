import { describe, expect, it } from "vitest";
import { type RowSet, rowSet } from "../../pipeline/match/row-set.ts";
import dataDrift from "../../src/checks/data-drift.ts";
import prChecklist from "../../src/checks/pr-checklist.ts";
import { applyWaivers } from "../../src/verdict/apply-waivers.ts";
import type { Check } from "../../src/verdict/check.ts";
import type { Finding } from "../../src/verdict/finding.ts";
import type { CheckOutcome } from "../../src/verdict/verdict.ts";
import { acceptFinding, type Waiver } from "../../src/verdict/waiver.ts";
import { aPolicy } from "../support/facts.ts";
import { numeric, tableOf } from "../support/tables.ts";

const checks = new Map<string, Check>([
  ["data-drift", dataDrift],
  ["pr-checklist", prChecklist],
]);

function aDrift(column: string, effect: number, statistic = "wasserstein"): Finding {
  const title = `${column} drifted`;
  return { check: "data-drift", fingerprint: column, title, evidence: { effect, statistic }, remedy: "", column };
}

function aTask(ticked: boolean | null): Finding {
  return { check: "pr-checklist", fingerprint: "task", title: "A task", evidence: { task: "x", ticked }, remedy: "" };
}

function failed(findings: Finding[], id = "data-drift"): CheckOutcome {
  const result = { answer: "fail", summary: "drift", findings } as const;
  return { id, title: "Data drift", group: "data", level: "block", result };
}

function aWaiver(findings: Finding[], different: Partial<Waiver> = {}): Waiver {
  const check = findings[0]!.check;
  return {
    check,
    findings: findings.map((finding) => acceptFinding(finding, check === "data-drift" ? dataDrift.badness : undefined)),
    reason: "new survey wave",
    by: "grace",
    given: "2026-01-01T00:00:00Z",
    until: "2026-03-31",
    headSha: "c".repeat(40),
    comment: 5,
    baseRef: "main",
    withdrawnBy: null,
    ...different,
  };
}

const place = { door: "github", pullRequest: { base: { ref: "main" } } } as const;

function apply(outcome: CheckOutcome, waivers: Waiver[], now = "2026-01-02T03:04:05Z", policy = aPolicy()) {
  const [judged] = applyWaivers([outcome], { ...place, waivers, policy, now }, checks);
  const { result, waived = [] } = judged!;
  return {
    answer: result.answer,
    left: result.findings.map(({ fingerprint }) => fingerprint),
    waived: waived.map(({ finding, state, was, now, waiver }) => [finding.fingerprint, state, was, now, waiver.by]),
  };
}

const drift = failed([aDrift("age", 0.31)]);
const lifted = (was: number | null, now: number | null, by = "grace") => ({
  answer: "pass",
  left: [],
  waived: [["age", "holds", was, now, by]],
});
const stays = (state: string, was: number | null, now: number | null) => ({
  answer: "fail",
  left: ["age"],
  waived: [["age", state, was, now, "grace"]],
});

describe("a waiver of drift of 0.31", () => {
  const waiver = aWaiver([aDrift("age", 0.31)]);
  it.each<[string, CheckOutcome, Waiver, object]>([
    ["holds for the same", drift, waiver, lifted(0.31, 0.31)],
    ["holds for less", failed([aDrift("age", 0.2)]), waiver, lifted(0.31, 0.2)],
    ["holds for the same but for rounding", failed([aDrift("age", 0.31 + 1e-12)]), waiver, lifted(0.31, 0.31 + 1e-12)],
    ["ends with more", failed([aDrift("age", 0.42)]), waiver, stays("worse", 0.31, 0.42)],
    ["ends with hardly more", failed([aDrift("age", 0.3101)]), waiver, stays("worse", 0.31, 0.3101)],
    ["ends with another statistic", failed([aDrift("age", 0.2, "psi")]), waiver, stays("changed", null, null)],
    ["holds on its last day", drift, aWaiver([aDrift("age", 0.31)], { until: "2026-01-02" }), lifted(0.31, 0.31)],
    ["ends after it", drift, aWaiver([aDrift("age", 0.31)], { until: "2026-01-01" }), stays("expired", 0.31, 0.31)],
    [
      "does not hold for another base branch",
      drift,
      aWaiver([aDrift("age", 0.31)], { baseRef: "evil" }),
      stays("other-base", 0.31, 0.31),
    ],
    [
      "ends when it is taken back",
      drift,
      aWaiver([aDrift("age", 0.31)], { withdrawnBy: "ada" }),
      stays("withdrawn", 0.31, 0.31),
    ],
    [
      "says nothing of another column",
      failed([aDrift("sex", 0.31)]),
      waiver,
      { answer: "fail", left: ["sex"], waived: [] },
    ],
    [
      "leaves another column that drifts",
      failed([aDrift("age", 0.31), aDrift("sex", 0.2)]),
      waiver,
      { answer: "fail", left: ["sex"], waived: [["age", "holds", 0.31, 0.31, "grace"]] },
    ],
    [
      "leaves what could not be judged",
      failed([aDrift("age", 0.31), { ...aDrift("sex", 0), unclear: true }]),
      aWaiver([aDrift("age", 0.31), aDrift("sex", 0)]),
      { answer: "cannot-tell", left: ["sex"], waived: [["age", "holds", 0.31, 0.31, "grace"]] },
    ],
  ])("%s", (_, outcome, given, expected) => {
    expect(apply(outcome, [given])).toEqual(expected);
  });

  it("does not lift what can't be told", () => {
    const outcome = { ...drift, result: { ...drift.result, answer: "cannot-tell" } } as const;
    expect(apply(outcome, [waiver])).toEqual({ answer: "cannot-tell", left: ["age"], waived: [] });
  });

  it("is nothing to another check", () => {
    expect(apply(drift, [{ ...waiver, check: "data-schema" }])).toEqual({ answer: "fail", left: ["age"], waived: [] });
  });

  it("holds on this machine, where no branch is known to be one of GitHub", () => {
    const waivers = [{ ...waiver, baseRef: "dev" }];
    const now = "2026-01-02T03:04:05Z";
    const [judged] = applyWaivers([drift], { ...place, door: "git", waivers, policy: aPolicy(), now }, checks);
    expect(judged!.result.answer).toBe("pass");
  });

  it("does not hold where the policy allows none any more", () => {
    const policy = aPolicy({ checks: { "data-drift": { level: "block", options: {}, waivable: false } } });
    expect(apply(drift, [waiver], undefined, policy)).toEqual(stays("not-allowed", 0.31, 0.31));
  });
});

describe("of several waivers", () => {
  const older = aWaiver([aDrift("age", 0.5)], { by: "linus" });
  const newer = aWaiver([aDrift("age", 0.31)], { given: "2026-01-02T00:00:00Z" });
  it("the newest that holds is named", () => {
    expect(apply(drift, [older, newer])).toEqual(lifted(0.31, 0.31));
    expect(apply(failed([aDrift("age", 0.4)]), [newer, older])).toEqual(lifted(0.5, 0.4, "linus"));
  });
  it("the newest says why none holds", () => {
    expect(apply(failed([aDrift("age", 0.6)]), [older, newer])).toEqual(stays("worse", 0.31, 0.6));
  });
});

describe("a waiver of rows", () => {
  const key = numeric("id", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const set = (rows: number[], mostNames = 10) => rowSet(tableOf(key), ["id"], Int32Array.from(rows), mostNames);
  const conflict = (rows: RowSet | undefined, effect = 0.3): Finding => ({
    ...aDrift("age", effect),
    ...(rows === undefined ? {} : { rows }),
  });
  it.each<[string, Finding, Finding, string, object | undefined]>([
    [
      "the same in another order",
      conflict(set([3, 1, 2])),
      conflict(set([1, 2, 3])),
      "holds",
      { accepted: 3, now: 3, others: 0 },
    ],
    [
      "the same in fewer others",
      conflict(set([1, 2]), 0.3),
      conflict(set([1, 2]), 0.5),
      "holds",
      { accepted: 2, now: 2, others: 0 },
    ],
    ["fewer", conflict(set([1, 2, 3])), conflict(set([2])), "holds", { accepted: 3, now: 1, others: 0 }],
    ["one more", conflict(set([1, 2])), conflict(set([1, 2, 3])), "other-rows", { accepted: 2, now: 3, others: 1 }],
    [
      "as many, two others",
      conflict(set([1, 2, 3])),
      conflict(set([3, 4, 5]), 0.1),
      "other-rows",
      { accepted: 3, now: 3, others: 2 },
    ],
    [
      "the same ones, too many to name",
      conflict(set([1, 2], 1)),
      conflict(set([2, 1], 1)),
      "holds",
      { accepted: 2, now: 2, others: 0 },
    ],
    [
      "fewer of too many to name",
      conflict(set([1, 2], 1)),
      conflict(set([1], 1)),
      "other-rows",
      { accepted: 2, now: 1, others: null },
    ],
    ["accepted before rows were kept, and no worse", conflict(undefined), conflict(set([1])), "holds", undefined],
    ["accepted before rows were kept, and worse", conflict(undefined), conflict(set([1]), 0.4), "worse", undefined],
  ])("%s", (_, accepted, now, state, rows) => {
    const [judged] = applyWaivers(
      [failed([now])],
      { ...place, waivers: [aWaiver([accepted])], policy: aPolicy(), now: "2026-01-02T03:04:05Z" },
      checks,
    );
    expect(judged!.waived!.map((one) => [one.state, one.rows])).toEqual([[state, rows]]);
    expect(judged!.result.answer).toBe(state === "holds" ? "pass" : "fail");
  });
});

it("a finding without a number is waived while it stays as it was", () => {
  const waiver = aWaiver([aTask(false)]);
  expect(apply(failed([aTask(false)], "pr-checklist"), [waiver]).answer).toBe("pass");
  expect(apply(failed([aTask(null)], "pr-checklist"), [waiver])).toEqual({
    answer: "fail",
    left: ["task"],
    waived: [["task", "changed", null, null, "grace"]],
  });
});
