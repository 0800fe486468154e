import { describe, expect, it } from "vitest";
import type { IntegrityEntry } from "../../pipeline/integrity/integrity-report.ts";
import type { ModelReview } from "../../pipeline/review/model-review.ts";
import check from "../../src/checks/data-leakage.ts";
import { renderTemplate } from "../../src/report/templates.ts";
import { absent, aFacts, aModelReview, aProblem, baseCommit, headCommit, withProblems } from "../support/facts.ts";
import { anEntry, aReport } from "../support/integrity.ts";

const nothing = { comparison: null, schema: null, drift: null, changed: null, integrity: null };
const defaults: { predictive: number; near_perfect: number; overlap: number; period: number; ignore: string[] } = {
  predictive: 0.99,
  near_perfect: 0.95,
  overlap: 0.05,
  period: 0.05,
  ignore: [],
};

function run(review: Partial<ModelReview>, options: Partial<typeof defaults> = {}) {
  return check.run(aFacts({ models: [aModelReview(review)] }), { ...defaults, ...options });
}

const found = (...entries: Partial<IntegrityEntry>[]) => ({ integrity: aReport(entries.map(anEntry)) });
const predictor = (value: number, baseValue: number | null): Partial<IntegrityEntry> => ({
  kind: "single-predictor",
  column: "score",
  value,
  baseValue,
  evidence: { measure: "ROC AUC", value, rows: 2000 },
  description: `ROC AUC ${value} on 2,000 hold-out rows`,
});
const together = (value: number, columns: string[]): Partial<IntegrityEntry> => ({
  kind: "near-perfect",
  column: columns.length === 1 ? columns[0]! : null,
  columns,
  value,
  evidence: { measure: "ROC AUC", with: value, without: 0.79, rows: 2000, by: "the model" },
  description: `ROC AUC 0.79 → ${value} of the model on 2,000 hold-out rows`,
});
const overlap = (value: number, baseValue: number | null): Partial<IntegrityEntry> => ({
  kind: "holdout-in-training",
  column: null,
  value,
  baseValue,
});

const dates = (
  value: number,
  baseValue: number | null,
  column = "sold_at",
  split = "hash",
): Partial<IntegrityEntry> => ({
  kind: "date-overlap",
  column,
  value,
  baseValue,
  evidence: { older: 1, same: 0, split },
  description: "training rows are of 2023 to 2025, hold-out rows of 2024 to 2025",
});

it("a new copy of the target fails with its mapping", () => {
  expect(run(found({}))).toEqual({
    answer: "fail",
    summary: "data leakage: 1 sign of it",
    findings: [
      {
        check: "data-leakage",
        fingerprint: expect.any(String),
        title: "alive is the target under other names",
        evidence: {
          rows: 891,
          classes: 2,
          mapping: '"no" is "0", "yes" is "1"',
          kind: "target-copy",
          value: 1,
          baseValue: null,
          description: '"no" is "0", "yes" is "1"',
        },
        remedy:
          "Exclude alive in the experiment. If it is known whenever the model is used, add it to ignore of data-leakage in the policy first.",
        model: "income",
        column: "alive",
      },
    ],
  });
});

it("shows text from the data as text", () => {
  const entry = anEntry({ column: "<img src=x> @team `#1`", description: '"|**x**" is "0"' });
  const [finding] = run({ integrity: aReport([entry]) }).findings;
  expect(renderTemplate("checks/data-leakage", finding!)).toMatchInlineSnapshot(
    `"&lt;img src=x&gt; @&#8203;team \\\`#&#8203;1\\\` is the target under other names in the data of \`income\`: "&#124;\\*\\*x\\*\\*" is "0". Exclude &lt;img src=x&gt; @&#8203;team \\\`#&#8203;1\\\` in the experiment. If it is known whenever the model is used, add it to ignore of data-leakage in the policy first."`,
  );
  const [unjudged] = run({ integrity: null }).findings;
  expect(renderTemplate("checks/data-leakage", unjudged!)).toBe(
    "The data of income could not be searched for leakage: no report on the data came back. Make the head run; the problems of the model say what is wrong.",
  );
});

it.each<[what: string, entry: Partial<IntegrityEntry>, shown: string]>([
  [
    "rows that are split by their names",
    dates(0.98, null),
    "The model is tested on a period that it has seen, in the data of `income`: training rows are of 2023 to 2025, hold-out rows of 2024 to 2025. Hold out the latest rows in the experiment: split: { by: time, column: sold\\_at }. If their order does not matter, add it to ignore of data-leakage in the policy first.",
  ],
  [
    "groups",
    dates(0.98, null, "sold, at", "group"),
    'The hold-out has other groups than training, but is of the same period, in the data of `income`: training rows are of 2023 to 2025, hold-out rows of 2024 to 2025. A split by group does so. To test on later rows: split: { by: time, column: "sold, at" }. If the model is for other groups of the same time, add it to ignore of data-leakage in the policy first.',
  ],
])("says what to do about the dates of %s", (_, entry, shown) => {
  expect(renderTemplate("checks/data-leakage", run(found(entry)).findings[0]!)).toBe(shown);
});

it.each<[what: string, entry: Partial<IntegrityEntry>, title: string, remedy: string]>([
  [
    "a feature that made the model near-perfect",
    together(0.98, ["k"]),
    "The score is too good to be true since k is in",
    "Exclude k in the experiment. If it is known whenever the model is used, add it to ignore of data-leakage in the policy first.",
  ],
  [
    "features that least squares uses",
    {
      ...together(1, ["k", "l"]),
      evidence: { measure: "ROC AUC", with: 1, without: 0.79, rows: 2000, by: "least squares" },
    },
    "k, l tell the target too well",
    "Exclude k, l in the experiment. If they are known whenever the model is used, add them to ignore of data-leakage in the policy first.",
  ],
  [
    "a pair",
    { kind: "pair-predictor", column: null, columns: ["k", "l"] },
    "k, l together predict the target",
    "Exclude k, l in the experiment. If they are known whenever the model is used, add them to ignore of data-leakage in the policy first.",
  ],
  [
    "a combination of many",
    { kind: "linear-combination", column: null, columns: [..."abcdefg"] },
    "The target is a linear combination of a, b, c, d, e, … (7)",
    "Exclude a, b, c, d, e, … (7) in the experiment. If they are known whenever the model is used, add them to ignore of data-leakage in the policy first.",
  ],
])("says what to do about %s", (_, entry, title, remedy) => {
  expect(run(found(entry)).findings).toEqual([expect.objectContaining({ title, remedy })]);
});

it("says once why a score is too good", () => {
  const score = together(1, ["alive", "k"]);
  const titles = (...entries: Partial<IntegrityEntry>[]) => run(found(...entries)).findings.map(({ title }) => title);
  expect([titles({}, together(1, ["alive"])), titles({}, score)]).toEqual([
    ["alive is the target under other names"],
    ["alive is the target under other names", "The score is too good to be true since alive, k are in"],
  ]);
});

describe("what counts as new", () => {
  it.each<[what: string, entry: Partial<IntegrityEntry>, answer: string, summary: string]>([
    ["a copy that the base has", { baseValue: 1 }, "pass", "no new data leakage; known: alive"],
    ["a predictor that the base lacks", predictor(0.995, null), "fail", "data leakage: 1 sign of it"],
    ["a predictor at the threshold", predictor(0.99, null), "fail", "data leakage: 1 sign of it"],
    ["a predictor under the threshold", predictor(0.989, null), "pass", "no data leakage found"],
    ["a predictor that crossed the threshold", predictor(0.995, 0.97), "fail", "data leakage: 1 sign of it"],
    ["a predictor that was over it", predictor(1, 0.991), "pass", "no new data leakage; known: score"],
    ["a feature that made the model near-perfect", together(0.95, ["k"]), "fail", "data leakage: 1 sign of it"],
    ["a feature that made it good", together(0.94, ["k"]), "pass", "no data leakage found"],
    ["features that made the model near-perfect", together(0.98, ["k", "l"]), "fail", "data leakage: 1 sign of it"],
    ["features that made it very good", together(0.97, ["k", "l"]), "pass", "no data leakage found"],
    ["overlap under the threshold", overlap(0.049, null), "pass", "no data leakage found"],
    ["overlap that the base lacks", overlap(0.06, null), "fail", "data leakage: 1 sign of it"],
    ["overlap that hardly grew", overlap(0.34, 0.3), "pass", "no new data leakage; known: holdout in training"],
    ["overlap that grew", overlap(0.36, 0.3), "fail", "data leakage: 1 sign of it"],
    ["a period that was seen", dates(0.98, null), "fail", "data leakage: 1 sign of it"],
    ["a few rows of a period that was seen", dates(0.04, null), "pass", "no data leakage found"],
    ["a period that the base had seen", dates(0.98, 0.97), "pass", "no new data leakage; known: sold_at"],
    ["more of a period that was seen", dates(0.6, 0.5), "fail", "data leakage: 1 sign of it"],
    ["trouble that is no leakage", { kind: "constant", severity: "integrity" }, "pass", "no data leakage found"],
  ])("%s", (_, entry, answer, summary) => {
    expect(run(found(entry))).toMatchObject({ answer, summary });
  });
});

describe("options", () => {
  it.each<[what: string, entry: Partial<IntegrityEntry>, options: Parameters<typeof run>[1], answer: string]>([
    ["an ignored column", {}, { ignore: ["alive"] }, "pass"],
    ["another ignored column", {}, { ignore: ["dead"] }, "fail"],
    ["a lower bar for predictors", predictor(0.95, null), { predictive: 0.94 }, "fail"],
    ["features that are all ignored", together(1, ["k", "l"]), { ignore: ["k", "l", "m"] }, "pass"],
    ["features of which one is ignored", together(1, ["k", "l"]), { ignore: ["k"] }, "fail"],
    ["a higher bar for scores", together(0.98, ["k"]), { near_perfect: 0.99 }, "pass"],
    ["more overlap", overlap(0.2, null), { overlap: 0.25 }, "pass"],
    ["a time whose order does not matter", dates(1, null), { ignore: ["sold_at"] }, "pass"],
    ["more of a period", dates(0.5, null), { period: 0.6 }, "pass"],
    ["no row of a period", dates(0.01, null), { period: 0 }, "fail"],
    ["no overlap at all", overlap(0.001, null), { overlap: 0 }, "fail"],
  ])("%s", (_, entry, options, answer) => {
    expect(run(found(entry), options).answer).toBe(answer);
  });

  it.each([
    { predictive: 0.89 },
    { predictive: 1.01 },
    { near_perfect: 0.5 },
    { overlap: -0.1 },
    { period: 2 },
    { ignore: [""] },
    { ignored: [] },
  ])("refuses %j", (options) => {
    expect(check.options.safeParse(options).success).toBe(false);
  });
});

describe("models without a report", () => {
  const broken = withProblems(headCommit, aProblem());
  it.each<[what: string, review: Partial<ModelReview>, answer: string, reason: string | null]>([
    ["removed", { head: absent(headCommit), ...nothing }, "not-applicable", null],
    ["a broken head", { head: broken, ...nothing }, "cannot-tell", "the head could not be run"],
    ["no report", { integrity: null }, "cannot-tell", "no report on the data came back"],
    ["a clean new model", { base: absent(baseCommit), comparison: null }, "pass", null],
    ["a clean head on a broken base", { base: withProblems(baseCommit, aProblem()) }, "pass", null],
  ])("%s", (_, review, answer, reason) => {
    const result = run(review);
    expect([result.answer, result.findings[0]?.evidence.reason ?? null]).toEqual([answer, reason]);
  });

  it("facts saved before leakage was looked for can't be judged", () => {
    const { integrity: _, ...review } = aModelReview();
    expect(check.run(aFacts({ models: [review] }), defaults).answer).toBe("cannot-tell");
  });

  it("everything in a new model is new", () => {
    const review = {
      base: absent(baseCommit),
      comparison: null,
      integrity: aReport([anEntry({ isNew: null })], false),
    };
    expect(run(review).answer).toBe("fail");
  });
});
