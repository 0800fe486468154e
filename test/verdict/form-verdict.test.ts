import { describe, expect, it } from "vitest";
import type { Facts } from "../../src/facts/facts.ts";
import type { Answer, Finding } from "../../src/verdict/check.ts";
import { formVerdict } from "../../src/verdict/form-verdict.ts";
import { newFinding } from "../../src/verdict/new-finding.ts";
import type { CheckOutcome } from "../../src/verdict/verdict.ts";
import {
  aComparison,
  aFacts,
  aMetric,
  aModelPolicy,
  aModelReview,
  aPolicy,
  aProblem,
  aRegression,
  baseCommit,
  headCommit,
  withProblems,
} from "../support/facts.ts";

function outcome(id: string, level: "block" | "warn", answer: Answer, findings: Finding[] = []): CheckOutcome {
  const title = id.replaceAll("-", " ").replace(/^./, (first) => first.toUpperCase());
  return { id, title, group: "model", level, result: { answer, summary: "", findings } };
}

function regression(model: string, verdict = "regressed"): Finding {
  return newFinding("metric-regression", verdict, { title: "", evidence: { verdict }, remedy: "", model });
}

function judge(outcomes: CheckOutcome[], facts: Partial<Facts> = {}): [conclusion: string, sentence: string] {
  const { conclusion, sentence } = formVerdict(aFacts(facts), outcomes);
  return [conclusion, sentence];
}

describe("the precedence table", () => {
  it.each<[blocking: Answer[], warning: Answer[], conclusion: string]>([
    [[], [], "pass"],
    [["pass", "not-applicable"], [], "pass"],
    [["pass"], ["fail", "cannot-tell"], "pass"],
    [["pass", "fail"], [], "fail"],
    [["cannot-tell", "fail"], [], "fail"],
    [["pass", "cannot-tell"], ["fail"], "cannot-tell"],
  ])("blocking %j, warning %j: %s", (blocking, warning, conclusion) => {
    const outcomes = [
      ...blocking.map((answer, i) => outcome(`block-${i}`, "block", answer)),
      ...warning.map((answer, i) => outcome(`warn-${i}`, "warn", answer)),
    ];
    expect(judge(outcomes)[0]).toBe(conclusion);
  });

  it("a change that breaks the policy fails, whatever the checks say", () => {
    const facts = aFacts({ policyChange: { state: "invalid", problems: [aProblem()] } });
    const outcomes = [outcome("linked-issue", "block", "pass")];
    expect(formVerdict(facts, outcomes)).toEqual({
      conclusion: "fail",
      sentence: "this change makes the policy invalid",
      outcomes,
      problems: [aProblem()],
    });
  });

  it("removing or changing the policy decides nothing", () => {
    expect(judge([], { policyChange: { state: "removed" } })[0]).toBe("pass");
    expect(judge([], { policyChange: { state: "changed", preview: ["x"] } })[0]).toBe("pass");
  });
});

const improved = {
  models: [aModelReview({ comparison: aComparison({ metrics: [aMetric({ verdict: "improved" })] }) })],
};
const mixed = {
  models: [
    aModelReview({
      comparison: aComparison({ metrics: [aMetric({ verdict: "improved" }), aRegression({ gated: false })] }),
    }),
  ],
};

const alsoUnchanged = {
  models: [
    aModelReview({
      comparison: aComparison({ metrics: [aMetric({ verdict: "improved" }), aMetric({ gated: false })] }),
    }),
  ],
};
const brokenBase = { models: [aModelReview({ base: withProblems(baseCommit, aProblem()), comparison: null })] };
const brokenHead = aModelReview({ head: withProblems(headCommit, aProblem()), comparison: null });

const within = { interval: { low: -0.004, high: -0.001, level: 0.95 } };
const tolerated = (...metrics: Parameters<typeof aMetric>[0][]) => ({
  models: [aModelReview({ comparison: aComparison({ metrics: metrics.map(aMetric) }) })],
});

const ungated = aPolicy({ models: [aModelPolicy({ metrics: {} })] });

const looser = "level of linked-issue: block → warn (looser)";

describe("the sentence", () => {
  it.each<[sentence: string, outcomes: CheckOutcome[], facts?: Partial<Facts>]>([
    ["this change passes every check", [outcome("linked-issue", "block", "pass")]],
    ["this change passes every check, but removes the policy", [], { policyChange: { state: "removed" } }],
    ["this change passes, with 1 gated metric worse within its tolerance", [], tolerated(within)],
    ["this change passes every check", [], tolerated({ ...within, gated: false })],
    ["this change passes every check", [], tolerated({ ...within, tolerance: 0 })],
    [
      "this change passes every check",
      [],
      tolerated({ ...within, interval: { low: -0.004, high: 0.001, level: 0.95 } }),
    ],
    [
      "this change passes, with 2 gated metrics worse within their tolerance, and 1 warning: linked issue",
      [outcome("linked-issue", "warn", "fail")],
      tolerated(within, within),
    ],
    ["this change passes, but nothing is gated in `income`", [], { policy: ungated }],
    [
      "this change passes, with 1 warning: linked issue, but nothing is gated in `income` and removes the policy",
      [outcome("linked-issue", "warn", "fail")],
      { policy: ungated, policyChange: { state: "removed" } },
    ],
    [
      "this change passes, with 1 warning: linked issue, but removes the policy",
      [outcome("linked-issue", "warn", "fail"), outcome("policy-change", "warn", "fail")],
      { policyChange: { state: "removed" } },
    ],
    [
      "this change passes, with 1 warning: policy change",
      [outcome("policy-change", "warn", "fail")],
      { policyChange: { state: "changed", preview: ["minimum: none → 0.8 (stricter)"] } },
    ],
    ["this change passes every check", [], { policy: aPolicy({ models: [] }), models: [] }],
    [
      "this change improves `income`, but loosens the policy",
      [],
      { ...improved, policyChange: { state: "changed", preview: ["level of a: off → warn (stricter)", looser] } },
    ],
    ["this change passes every check", [], { policyChange: { state: "changed", preview: ["x: 1 → 2 (stricter)"] } }],
    ["this change improves `income`", [], improved],
    ["this change passes every check", [], mixed],
    ["this change improves `income`", [], alsoUnchanged],
    ["this change passes every check", [], brokenBase],
    ["this change passes, with 1 warning: linked issue", [outcome("linked-issue", "warn", "fail")]],
    [
      "this change improves `income`, with 2 warnings: linked issue, checklist",
      [outcome("linked-issue", "warn", "fail"), outcome("checklist", "warn", "cannot-tell")],
      improved,
    ],
    ["1 check needs attention: linked issue", [outcome("linked-issue", "block", "fail")]],
    [
      "2 checks need attention: linked issue, checklist",
      [outcome("linked-issue", "block", "fail"), outcome("checklist", "block", "fail"), outcome("a", "warn", "fail")],
    ],
    ["1 check could not decide: linked issue", [outcome("linked-issue", "block", "cannot-tell")]],
    ["this change makes `income` worse", [outcome("metric-regression", "block", "fail", [regression("income")])]],
    [
      "this change makes `income` and `churn` worse, and 1 more check needs attention: linked issue",
      [
        outcome("metric-regression", "block", "fail", [
          regression("income"),
          regression("income"),
          regression("churn"),
        ]),
        outcome("linked-issue", "block", "fail"),
      ],
    ],
    [
      "this change removes `income`",
      [outcome("metric-regression", "block", "fail", [regression("income", "removed")])],
    ],
    [
      "this change makes `income` worse and it removes `churn`",
      [outcome("metric-regression", "block", "fail", [regression("income"), regression("churn", "removed")])],
    ],
    [
      "this change makes `income` worse and `churn` could not be compared with the base",
      [outcome("metric-regression", "block", "fail", [regression("income"), regression("churn", "broken")])],
    ],
    [
      "`churn` could not be compared with the base",
      [outcome("metric-regression", "block", "cannot-tell", [regression("churn", "broken")])],
    ],
    [
      "`income` could not be run and `churn` could not be compared with the base, and 1 more check could not decide: linked issue",
      [
        outcome("metric-regression", "block", "cannot-tell", [
          { ...regression("income", "broken"), evidence: { verdict: "broken", side: "head" } },
          regression("churn", "incomparable"),
        ]),
        outcome("data-schema", "block", "cannot-tell", [regression("income")]),
        outcome("linked-issue", "block", "cannot-tell"),
      ],
      { models: [brokenHead] },
    ],
    [
      "`income` could not be run, and 1 more check needs attention: data schema",
      [
        outcome("data-schema", "block", "fail", [regression("income", "removed")]),
        outcome("metric-regression", "block", "cannot-tell", [regression("income", "broken")]),
      ],
      { models: [brokenHead] },
    ],
    [
      "`income` could not be run and this change makes `churn` worse",
      [
        outcome("metric-regression", "block", "fail", [regression("churn"), regression("income", "broken")]),
        outcome("metric-threshold", "warn", "fail", [regression("churn", "min"), regression("income", "unmeasured")]),
      ],
      { models: [brokenHead] },
    ],
    [
      "`income` could not be run and this change makes `churn` worse, past its metric limits",
      [
        outcome("metric-regression", "block", "fail", [regression("churn"), regression("income", "broken")]),
        outcome("metric-threshold", "block", "fail", [regression("churn", "min"), regression("income", "unmeasured")]),
      ],
      { models: [brokenHead] },
    ],
    [
      "this change passes although `income` could not be run, with 1 warning: metric regression",
      [outcome("metric-regression", "warn", "cannot-tell", [regression("income", "broken")])],
      { models: [brokenHead] },
    ],
    ["this change passes although `income` could not be run", [], { models: [brokenHead] }],
    [
      "`churn` could not be compared with the base, and 1 more check needs attention: data schema",
      [
        outcome("data-schema", "block", "fail", [regression("churn", "moved")]),
        outcome("metric-regression", "block", "cannot-tell", [regression("churn", "incomparable")]),
      ],
    ],
    [
      "this change makes `income` and `churn` worse and `churn` and `price` miss their metric limits",
      [
        outcome("metric-regression", "block", "fail", [regression("income"), regression("churn")]),
        outcome("metric-threshold", "block", "fail", [regression("churn", "min"), regression("price", "min")]),
      ],
    ],
    [
      "`income` misses its metric limits, and 1 more check needs attention: linked issue",
      [
        outcome("metric-threshold", "block", "fail", [regression("income", "min")]),
        outcome("linked-issue", "block", "fail"),
      ],
    ],
    [
      "this change makes `income` worse, past its metric limits, and 1 more check needs attention: linked issue",
      [
        outcome("metric-regression", "block", "fail", [regression("income")]),
        outcome("metric-threshold", "block", "fail", [regression("income", "min")]),
        outcome("linked-issue", "block", "fail"),
      ],
    ],
    [
      "this change makes `income` worse and `income` and `churn` miss their metric limits",
      [
        outcome("metric-regression", "block", "fail", [regression("income")]),
        outcome("metric-threshold", "block", "fail", [regression("income", "min"), regression("churn", "min")]),
      ],
    ],
    [
      "this change removes `churn` and `churn` misses its metric limits",
      [
        outcome("metric-regression", "block", "fail", [regression("churn", "removed")]),
        outcome("metric-threshold", "block", "fail", [regression("churn", "min")]),
      ],
    ],
    ["1 check could not decide: metric regression", [outcome("metric-regression", "block", "cannot-tell")]],
    [
      "this change makes the policy invalid and this change makes `income` worse, and 1 more check needs attention: linked issue",
      [outcome("metric-regression", "block", "fail", [regression("income")]), outcome("linked-issue", "block", "fail")],
      { policyChange: { state: "invalid", problems: [aProblem()] } },
    ],
  ])("%s", (sentence, outcomes, facts) => {
    expect(judge(outcomes, facts)[1]).toBe(sentence);
  });
});
