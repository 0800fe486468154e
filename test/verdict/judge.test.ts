import { expect, it } from "vitest";
import { z } from "zod";
import type { ModelReview } from "../../pipeline/review/model-review.ts";
import leakage from "../../src/checks/data-leakage.ts";
import type { Check } from "../../src/verdict/check.ts";
import { formVerdict } from "../../src/verdict/form-verdict.ts";
import { judge } from "../../src/verdict/judge.ts";
import { runChecks } from "../../src/verdict/run-checks.ts";
import type { EngineChange } from "../../src/verdict/verdict.ts";
import { acceptFinding, type Waiver } from "../../src/verdict/waiver.ts";
import {
  aComparison,
  aFacts,
  aModelPolicy,
  aModelReview,
  aPolicy,
  aPullRequest,
  aRegression,
  headCommit,
} from "../support/facts.ts";
import { anEntry, aReport } from "../support/integrity.ts";
import { checks as realChecks } from "../support/reported.ts";

const fine = aModelReview();
const worse = aModelReview({ comparison: aComparison({ metrics: [aRegression()] }) });
const strange = aModelReview({ comparison: {} as never });
/** `now`, after an engine that answered `earlier`. */
const after = (earlier: ModelReview, now: ModelReview): ModelReview => ({
  ...now,
  earlier: { engine: "e1", review: earlier },
});
/** A check that warns of any comparison with a regression. */
const warning: Check = {
  id: "warning",
  title: "Warning",
  group: "data",
  defaultLevel: "warn",
  triggers: ["code"],
  options: z.strictObject({}),
  docs: { summary: "", passes: "", fails: "", cannotTell: "" },
  run: ({ models }) => {
    const regressed = models.some(({ comparison }) =>
      comparison!.metrics.some(({ verdict }) => verdict === "regressed"),
    );
    return { answer: regressed ? "fail" : "pass", summary: "looked", findings: [] };
  },
};
const regression = new Map([...realChecks].filter(([id]) => id === "metric-regression"));
const both = new Map([...regression, ["warning", warning]]);
const warningOnly = new Map([["warning", warning]]);
const metricAnswer = { id: "metric-regression", title: "Metric regression" };

it("has nothing to review where the base has every commit of the branch", () => {
  const pullRequest = aPullRequest({ mergeBase: headCommit });
  expect(judge(realChecks, aFacts({ pullRequest, linkedIssues: { known: true, value: [] } }))).toEqual({
    conclusion: "pass",
    sentence: "nothing to review: this branch has no commit that main lacks",
    outcomes: [],
    problems: [],
  });
});

it.each<[what: string, checks: ReadonlyMap<string, Check>, models: ModelReview[], expected: EngineChange | undefined]>([
  ["no model has an earlier answer", regression, [worse], undefined],
  ["the earlier answer leads to the same", regression, [after(worse, worse)], undefined],
  [
    "only the engine finds it worse",
    both,
    [after(fine, worse)],
    {
      conclusion: "pass",
      answers: [
        { ...metricAnswer, earlier: "pass", now: "fail" },
        { id: "warning", title: "Warning", earlier: "pass", now: "fail" },
      ],
    },
  ],
  [
    "only the engine no longer finds it worse",
    regression,
    [after(worse, fine)],
    { conclusion: "fail", answers: [{ ...metricAnswer, earlier: "fail", now: "pass" }] },
  ],
  [
    "a check that only warns answers otherwise",
    warningOnly,
    [after(fine, worse)],
    { conclusion: "pass", answers: [{ id: "warning", title: "Warning", earlier: "pass", now: "fail" }] },
  ],
  ["another model is worse for both", regression, [after(fine, worse), { ...worse, model: "other" }], undefined],
  ["a check can't take what the earlier engine wrote", both, [after(strange, worse)], undefined],
])("%s", (_, checks, models, engineChange) => {
  const policy = aPolicy({ models: models.map(({ model }) => aModelPolicy({ id: model })) });
  const facts = aFacts({ models, policy });
  const verdict = formVerdict(facts, runChecks(checks, facts));
  expect(judge(checks, facts)).toEqual(engineChange === undefined ? verdict : { ...verdict, engineChange });
});

/** A copy of the target that the base does not have, and two other leaks. */
const leaks = aReport([
  anEntry({ column: "alive" }),
  anEntry({ kind: "single-predictor", column: "boat" }),
  anEntry({ kind: "holdout-in-training", column: null }),
]);

it.each<[what: string, models: ModelReview[], waived: string[], level: string, conclusion: string]>([
  ["a copy of the target among others", [aModelReview({ integrity: leaks })], [], "block", "fail"],
  ["a copy that is waived", [aModelReview({ integrity: leaks })], ["alive"], "warn", "pass"],
  ["another leak that is waived", [aModelReview({ integrity: leaks })], ["boat"], "block", "fail"],
  ["a head of which nobody knows", [aModelReview({ integrity: null })], [], "block", "cannot-tell"],
  ["no leak", [fine], [], "warn", "pass"],
])("what also blocks is looked for after waivers: %s", (_, models, waived, level, conclusion) => {
  const checks = new Map<string, Check>([[leakage.id, leakage]]);
  const entry = { level: "warn" as const, options: leakage.options.parse({}), alsoBlock: ["target-copy"] };
  const facts = aFacts({ models, policy: aPolicy({ checks: { [leakage.id]: entry } }) });
  const { findings } = leakage.run(facts, entry.options);
  const waiver: Waiver = {
    check: leakage.id,
    findings: findings
      .filter(({ column }) => column !== undefined && waived.includes(column))
      .map((finding) => acceptFinding(finding, leakage.badness)),
    reason: "known when the model is used",
    by: "grace",
    given: "2026-01-01T00:00:00Z",
    until: "2126-03-31",
    headSha: facts.pullRequest.head.sha,
    comment: 5,
    baseRef: "main",
    withdrawnBy: null,
  };
  const { outcomes, ...verdict } = judge(checks, { ...facts, waivers: [waiver] });
  expect([outcomes[0]?.level, verdict.conclusion]).toEqual([level, conclusion]);
});
