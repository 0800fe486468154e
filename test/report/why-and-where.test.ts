import { describe, expect, it } from "vitest";
import type { Attribution, Comparison, DiscoveredSlice } from "../../pipeline/compare/comparison.ts";
import type { MultivariateDrift } from "../../pipeline/drift/drift-report.ts";
import { foldedSections } from "../../src/report/folded-sections.ts";
import { causesOf, whyUnattributed } from "../../src/report/why-changed.ts";
import { worstSlice } from "../../src/report/worst-slice.ts";
import { aComparison, aDriftReport, aFacts, aMetric, aModelReview, aRegression } from "../support/facts.ts";
import { report } from "../support/reported.ts";

const attribution: Attribution = {
  rows: 8140,
  reason: null,
  metrics: [
    {
      metric: "roc_auc",
      title: "ROC AUC",
      direction: "higher",
      total: -0.0217,
      data: { difference: -0.0247, interval: { low: -0.03, high: -0.02, level: 0.95 } },
      experiment: { difference: 0.003, interval: null },
      interaction: 0,
      reason: null,
    },
  ],
};
const noAttribution: Attribution = { rows: 0, reason: "the column city is gone.", metrics: [] };

const found: DiscoveredSlice = {
  conditions: [
    { column: "job", value: "Sales" },
    { column: "age", value: "<30" },
  ],
  rows: 928,
  measuredOn: 458,
  metric: aRegression({ metric: "brier_score", title: "Brier score", gated: false, difference: 0.0067 }),
};
const discovery = { slices: [found], searched: 303, measured: 2, reason: null };
const sex = (value: string, metric = aRegression()) => ({
  slice: { column: "sex", value },
  rows: 2690,
  metrics: [metric],
});

const comment = (comparison: Comparison) =>
  report({ models: [aModelReview({ changed: { data: true, experiment: true }, comparison })] }).comment;

describe("why a metric changed", () => {
  it("stands under the table", () => {
    expect(comment(aComparison({ metrics: [aRegression()], attribution }))).toContain(
      "Changed: its data and its experiment. Why: data −0.0247, experiment +0.0030 (ROC AUC).",
    );
  });

  it("is not said of a metric that did not change beyond doubt", () => {
    expect(causesOf(aComparison({ metrics: [aMetric()], attribution }))).toEqual([]);
    expect(causesOf(null)).toEqual([]);
  });

  it("or it says why that cannot be told", () => {
    const comparison = aComparison({ metrics: [aRegression()], attribution: noAttribution });
    expect(comment(comparison)).toContain(
      "What the data did can't be told from what the experiment did: the column city is gone.",
    );
    expect(whyUnattributed(aComparison({ attribution }))).toBe(null);
  });
});

describe("the worst slice", () => {
  const worse = aRegression({ difference: -0.04 });
  const ungated = aRegression({ difference: -0.5, gated: false, title: "Recall" });
  it.each<[string, Partial<Comparison>, string | null]>([
    [
      "loses most by a gated metric",
      { slices: [sex("Male"), sex("Female", worse), sex("X", ungated)] },
      "sex = Female",
    ],
    ["is a named one before one that was found", { slices: [sex("X", ungated)], discovery }, "sex = X"],
    ["may be one that was found", { slices: [sex("Male", aMetric())], discovery }, "job = Sales and age <30"],
    ["may not exist", { slices: [sex("Male", aMetric())] }, null],
  ])("%s", (_, different, slice) => {
    expect(worstSlice(aComparison(different))?.slice ?? null).toBe(slice);
  });

  it("that was found says so, and is folded with the size of the search", () => {
    const comparison = aComparison({ discovery });
    expect(comment(comparison)).toContain(
      "Worst slice (found by search): `job = Sales and age <30`, Brier score +0.0067 (458 rows).",
    );
    const verdict = { conclusion: "pass" as const, sentence: "", outcomes: [], problems: [] };
    const sections = foldedSections(verdict, aFacts({ models: [aModelReview({ comparison })] }), "");
    expect(sections.find(({ name }) => name === "slices")?.markdown).toBe(`#### Slices

Found among 303 slices that nobody named, by the half of the rows that the search did not see:

| slice | rows | metric | base | head | change | |
|---|---:|---|---:|---:|---|---|
| \`job = Sales and age <30\` | 458 | Brier score | 0.9091 | 0.8874 | +0.0067 (−0.0251 to −0.0184) | worse |`);
  });
});

it("drift of all columns together is said, and folded when there is none", () => {
  const joint: MultivariateDrift = {
    answer: "drifted",
    area: 0.81,
    interval: { low: 0.79, high: 0.83, level: 0.95 },
    effect: 0.62,
    threshold: 0.25,
    rows: { base: 3000, head: 3000 },
    columns: [{ column: "age", loss: 0.2 }],
    description: "a classifier tells head rows from base rows with an area of 0.81 (0.50 is guessing), mostly by age",
  };
  const shown = (multivariate: MultivariateDrift) =>
    report({ models: [aModelReview({ drift: aDriftReport({ multivariate }) })] }).comment;
  const sentence = "Drift of all columns together: A classifier tells head rows";
  expect(shown(joint)).toContain(sentence);
  const stable = shown({ ...joint, answer: "stable" });
  expect(stable).not.toContain(sentence);
  expect(stable).toContain("All columns together, stable: A classifier tells head rows");
});

describe("the uses of a hold-out", () => {
  const comparison = aComparison({ holdout: { base: 9, head: 9, common: 9, digest: "5eed".repeat(16) } });
  const told = (uses: number | null) => {
    return report({
      models: [aModelReview({ comparison })],
      ...(uses === null ? {} : { holdoutUses: { income: uses } }),
    }).comment;
  };

  it.each<[uses: number | null, folded: string]>([
    [null, `- hold-out \`${"5eed".repeat(16)}\`\n`],
    [51, "different models judged on its data, this one included: 51"],
  ])("%s", (uses, folded) => {
    expect(told(uses)).toContain(folded);
  });
});
