import { stripVTControlCharacters, styleText } from "node:util";
import { expect, it } from "vitest";
import { terminalReport } from "../../src/command-line/terminal-report.ts";
import type { CheckOutcome, Verdict } from "../../src/verdict/verdict.ts";
import {
  absent,
  aColumnDrift,
  aComparison,
  aDriftReport,
  aFacts,
  aMetric,
  aModelPolicy,
  aModelReview,
  aPolicy,
  aProblem,
  aRegression,
  aSchemaDiff,
  baseCommit,
  headCommit,
  ran,
  withProblems,
} from "../support/facts.ts";

const plain = (_: unknown, text: string) => text;

const aVerdict = (different: Partial<Verdict> = {}): Verdict => ({
  conclusion: "fail",
  sentence: "this change makes `income` worse",
  outcomes: [],
  problems: [],
  ...different,
});

const outcome = (id: string, level: CheckOutcome["level"], result: CheckOutcome["result"]): CheckOutcome => ({
  id,
  title: id,
  group: "model",
  level,
  result,
});

it("puts the verdict first, then the numbers, then every check", () => {
  const comparison = aComparison({
    metrics: [aRegression(), aMetric({ metric: "recall", title: "Recall" }), aMetric({ title: "F1", gated: false })],
    slices: [{ slice: { column: "sex", value: "Female\u001b[2J" }, rows: 2690, metrics: [aRegression()] }],
    attribution: {
      rows: 8140,
      reason: null,
      metrics: [
        {
          metric: "roc_auc",
          title: "ROC AUC",
          direction: "higher",
          total: -0.0217,
          data: { difference: -0.001, interval: null },
          experiment: { difference: -0.0207, interval: null },
          interaction: 0,
          reason: null,
        },
      ],
    },
    discovery: {
      slices: [
        {
          conditions: [
            { column: "sex", value: "Female" },
            { column: "age", value: "< 30" },
          ],
          rows: 900,
          measuredOn: 450,
          metric: aRegression({ metric: "brier_score", title: "Brier score", difference: 0.05 }),
        },
      ],
      searched: 900,
      measured: 5,
      reason: null,
    },
  });
  const schema = aSchemaDiff({
    removed: ["age"],
    renamed: [{ from: "a", to: "b", similarity: 1 }],
    moved: [{ from: "c", to: "d", similarity: 1 }],
    rewritten: [{ column: "seen", spelling: "dates changed" }, { column: "note" }],
  });
  const drift = aDriftReport({ answer: "drifted", columns: [aColumnDrift({ answer: "drifted" })] });
  const facts = aFacts({ models: [aModelReview({ comparison, schema, drift })] });
  const finding = { check: "c", fingerprint: "f", title: "It got worse", evidence: {}, remedy: "Repair it." };
  const outcomes = [
    outcome("metric-regression", "block", { answer: "fail", summary: "1 regression", findings: [finding] }),
    outcome("data-drift", "warn", { answer: "cannot-tell", summary: "unclear", findings: [] }),
    outcome("data-schema", "block", { answer: "pass", summary: "unchanged", findings: [] }),
    outcome("linked-issue", "block", { answer: "not-applicable", summary: "only on GitHub", findings: [] }),
  ];
  expect(terminalReport(aVerdict({ outcomes }), facts, plain)).toMatchInlineSnapshot(`
    "✗ ModelSync: this change makes income worse
      Compared c91e7d0 (try) with 8f3c2a1 (main).

    income  models/income/experiment.yml
      base: 32,561 rows, 8,140 held out, logistic-regression
      head: 32,561 rows, 8,140 held out, logistic-regression
         metric   base    head    change (95 % interval)
      ✗  ROC AUC  0.9091  0.8874  −0.0217 (−0.0251 to −0.0184)  regressed beyond 0.005, DeLong
      ✓  Recall   0.9091  0.9089  −0.0002 (−0.0011 to 0.0007)   no detectable change; 0.0013 would have shown
      and 1 other metric without a detectable change
      on the same 8,140 hold-out rows
      Changed: its experiment.
      why: data −0.0010, experiment −0.0207 (ROC AUC)
      ! worse where sex = Female: ROC AUC −0.0217 (2,690 rows)
      ! found by search: worse where sex = Female and age < 30: Brier score +0.0500 (450 rows)
      data: column age is gone
      data: column a is now called b
      data: the values of column c are now in d
      data: column seen was written anew in rows that are otherwise the same: dates changed
      data: column note was written anew in rows that are otherwise the same
      drift: 0 of 2 columns drifted; from 50 % on the data set counts as drifted.
        age: wasserstein 0.0123, mean 38.58 → 38.61

    ✗ metric-regression  1 regression
        It got worse
          Repair it.
    ! data-drift  unclear
    ✓ data-schema  unchanged
    · linked-issue  only on GitHub"
  `);
});

it("has the comment's words and order: gated first, three others, three slices", () => {
  const others = ["A", "B", "C", "D", "E"].map((title) =>
    aMetric({ metric: title, title, gated: false, verdict: "improved" }),
  );
  const blind = aMetric({ title: "Recall", verdict: "underpowered", tolerance: 0.01, smallestDetectable: 0.154 });
  const slices = ["a", "b", "c", "d"].map((value, index) => ({
    slice: { column: "sex", value },
    rows: 100,
    metrics: [
      aRegression({ difference: -0.02 - index / 100 }),
      aMetric({ title: "Recall", verdict: index === 0 ? "regressed" : "no-detectable-change" }),
    ],
  }));
  const comparison = aComparison({ metrics: [...others, aMetric({ title: "F1", gated: false }), blind], slices });
  const findings = slices.flatMap(({ slice: { value } }) => ({
    ...{ check: "slice-regression", fingerprint: value, title: `ROC AUC of income got worse where sex = ${value}` },
    ...{ evidence: { verdict: "regressed" }, remedy: "Repair it.", model: "income", slice: `sex = ${value}` },
  }));
  const result = { answer: "fail" as const, summary: "worse in 4 slices", findings };
  const outcomes = [outcome("slice-regression", "warn", result)];
  const verdict = aVerdict({ conclusion: "pass", sentence: "this change passes, with 1 warning", outcomes });
  const text = terminalReport(
    verdict,
    aFacts({ models: [aModelReview({ comparison, schema: null, drift: null })] }),
    plain,
  );
  expect(text).toMatchInlineSnapshot(`
    "✓ ModelSync: this change passes, with 1 warning
      Compared c91e7d0 (try) with 8f3c2a1 (main).

    income  models/income/experiment.yml
      base: 32,561 rows, 8,140 held out, logistic-regression
      head: 32,561 rows, 8,140 held out, logistic-regression
         metric  base    head    change (95 % interval)
      –  Recall  0.9091  0.9089  −0.0002 (−0.0011 to 0.0007)  too few rows to tell; 0.1540 would have shown
      ✓  A       0.9091  0.9089  −0.0002 (−0.0011 to 0.0007)  improved, DeLong
      ✓  B       0.9091  0.9089  −0.0002 (−0.0011 to 0.0007)  improved, DeLong
      ✓  C       0.9091  0.9089  −0.0002 (−0.0011 to 0.0007)  improved, DeLong
      and 3 other metrics, 2 of them changed
      on the same 8,140 hold-out rows
      Changed: its experiment.
      This hold-out could not have told a loss of 0.01 in Recall (0.1540 would have shown).
      ! worse where sex = d: ROC AUC −0.0500 (100 rows)
      ! worse where sex = c: ROC AUC −0.0400 (100 rows)
      ! worse where sex = b: ROC AUC −0.0300 (100 rows)
        and 1 more slice

    ! slice-regression  worse in 4 slices
        ROC AUC of income got worse where sex = a
        ROC AUC of income got worse where sex = b
        ROC AUC of income got worse where sex = c
          Repair it.
        and 1 more slice"
  `);
});

it("says of each side why it did not run", () => {
  const models = [
    aModelReview({ base: absent(baseCommit), head: ran(headCommit), comparison: null, schema: null, drift: null }),
    aModelReview({
      model: "churn",
      base: ran(baseCommit, {}, true),
      head: withProblems(headCommit, aProblem()),
      comparison: null,
      schema: null,
      drift: null,
    }),
  ];
  const policy = aPolicy({ models: [aModelPolicy(), aModelPolicy({ id: "churn" })] });
  const text = terminalReport(aVerdict({ sentence: "two models" }), aFacts({ policy, models }), plain);
  expect(text).toMatchInlineSnapshot(`
    "✗ ModelSync: two models
      Compared c91e7d0 (try) with 8f3c2a1 (main).

    income  models/income/experiment.yml
      base: the experiment does not exist
      head: 32,561 rows, 8,140 held out, logistic-regression
        metric    head
        Accuracy  0.8512
        Recall    0.6120
        ROC AUC   0.9091

    churn  models/income/experiment.yml
      base: 32,561 rows, 8,140 held out, logistic-regression, from cache
      head: could not be run
        models/income/experiment.yml:2:9 (target): The data has no column incom. [configuration/target-absent]
          written: incom
          allowed: age, sex, income
          Did you mean income?"
  `);
});

it("tells what cannot be compared and what the policy would become", () => {
  const comparison = aComparison({ status: "incomparable", reasons: ["The target changed."], metrics: [], slices: [] });
  const models = [aModelReview({ comparison, schema: null, drift: null })];
  const policyChange = { state: "changed" as const, preview: ["roc_auc tolerance of income: 0.005 → 0.05 (looser)"] };
  const text = terminalReport(aVerdict({ problems: [aProblem()] }), aFacts({ models, policyChange }), plain);
  expect(text).toMatchInlineSnapshot(`
    "✗ ModelSync: this change makes income worse
      Compared c91e7d0 (try) with 8f3c2a1 (main).

    income  models/income/experiment.yml
      base: 32,561 rows, 8,140 held out, logistic-regression
      head: 32,561 rows, 8,140 held out, logistic-regression
      The two sides cannot be compared.
      The target changed.
      Changed: its experiment.

    This change edits the policy. It was judged by the old one. After the merge:
      roc_auc tolerance of income: 0.005 → 0.05 (looser)

    models/income/experiment.yml:2:9 (target): The data has no column incom. [configuration/target-absent]
      written: incom
      allowed: age, sex, income
      Did you mean income?"
  `);
});

it("says of each waiver who gave it, why and until when, or why it holds no longer", () => {
  const finding = { check: "data-drift", fingerprint: "f", title: "age\u001b[2J drifted", evidence: {}, remedy: "" };
  const waiver = {
    ...{ reason: "new survey\nwave", by: "grace", given: "2026-01-02T03:04:05Z", until: "2026-04-02" },
    ...{ headSha: "c".repeat(40), baseRef: "main", comment: 5, withdrawnBy: null },
  };
  const result: CheckOutcome["result"] = { answer: "pass", summary: "1 column drifted (waived)", findings: [] };
  const waived: CheckOutcome["waived"] = [
    { finding, state: "holds", was: 0.3, now: 0.3, waiver },
    { finding, state: "worse", was: 0.3, now: 0.42, waiver: { ...waiver, comment: 6 } },
  ];
  const text = terminalReport(
    aVerdict({ conclusion: "pass", outcomes: [{ ...outcome("data-drift", "block", result), waived }] }),
    aFacts({ models: [] }),
    plain,
  );
  expect(text.slice(text.indexOf("✓ data-drift"))).toBe(`✓ data-drift  1 column drifted (waived)
    waived by grace until 2026-04-02: age drifted
      Reason: new survey wave
    the waiver of grace of 2026-01-02 holds no longer, because it got worse: age drifted (0.3000 → 0.4200)
      Reason: new survey wave`);
});

it("colors change no character and no column", () => {
  const facts = aFacts({ models: [aModelReview()] });
  const colored = terminalReport(aVerdict(), facts, (style, text) => styleText(style, text, { validateStream: false }));
  expect(stripVTControlCharacters(colored)).toBe(terminalReport(aVerdict(), facts, plain));
});

it("tells once what is wrong with both sides", () => {
  const [base, head] = [withProblems(baseCommit, aProblem()), withProblems(headCommit, aProblem())];
  const models = [aModelReview({ base, head, comparison: null, schema: null, drift: null })];
  const text = terminalReport(aVerdict(), aFacts({ models }), plain);
  expect(text.match(/The data has no column incom\./g)).toHaveLength(1);
  expect(text).toContain("  base and head: could not be run\n");
});
