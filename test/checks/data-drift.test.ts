import { describe, expect, it } from "vitest";
import type { ColumnDrift, DriftReport } from "../../pipeline/drift/drift-report.ts";
import type { ModelReview } from "../../pipeline/review/model-review.ts";
import check from "../../src/checks/data-drift.ts";
import {
  absent,
  aColumnDrift,
  aDriftReport,
  aFacts,
  aModelReview,
  aProblem,
  aSchemaDiff,
  baseCommit,
  headCommit,
  withProblems,
} from "../support/facts.ts";

const nothing = { comparison: null, schema: null, drift: null, changed: null };

function run(review: Partial<ModelReview>, scope: "column" | "dataset" = "column") {
  return check.run(aFacts({ models: [aModelReview(review)] }), { scope });
}

const drift = (different: Partial<DriftReport>) => ({ drift: aDriftReport(different) });
const drifted = aColumnDrift({ answer: "drifted", effect: 0.31, q: 0.0001, description: "mean 38.6 → 45.1" });
const few = (base: number, head: number) =>
  aColumnDrift({ answer: "not-enough-data", effect: null, q: null, rows: { base, head } });

it("a drifted column fails with its effect", () => {
  expect(run(drift({ columns: [drifted, aColumnDrift({ column: "sex" })] }))).toEqual({
    answer: "fail",
    summary: "1 column drifted",
    findings: [
      {
        check: "data-drift",
        fingerprint: expect.any(String),
        title: "age drifted",
        evidence: {
          answer: "drifted",
          statistic: "wasserstein",
          effect: 0.31,
          threshold: 0.1,
          q: 0.0001,
          description: "mean 38.6 → 45.1",
        },
        remedy:
          "See whether the change of age is wanted. If it may always change, exclude it under drift in the policy first.",
        model: "income",
        column: "age",
      },
    ],
  });
});

describe("answers", () => {
  it.each<[what: string, review: Partial<ModelReview>, answer: string, summary: string]>([
    ["stable", {}, "pass", "no drift in 2 columns"],
    ["the same data", drift({ columns: [] }), "pass", "no data drift"],
    [
      "no column at all",
      drift({ answer: "not-enough-data", columns: [] }),
      "not-applicable",
      "data drift: nothing to compare",
    ],
    [
      "too few rows on both sides",
      drift({ answer: "not-enough-data", columns: [few(80, 80)] }),
      "not-applicable",
      "data drift: nothing to compare",
    ],
    [
      "too few rows only at the head",
      drift({ answer: "not-enough-data", columns: [few(1000, 80)] }),
      "cannot-tell",
      "data drift could not be judged",
    ],
    [
      "one column has too few values",
      drift({ columns: [aColumnDrift(), few(80, 80)] }),
      "pass",
      "no drift in 2 columns",
    ],
    [
      "not comparable",
      drift({ columns: [aColumnDrift({ answer: "not-comparable" })] }),
      "cannot-tell",
      "data drift could not be judged",
    ],
    [
      "drift beats not comparable",
      drift({ columns: [drifted, aColumnDrift({ answer: "not-comparable" })] }),
      "fail",
      "1 column drifted",
    ],
    ["new model", { base: absent(baseCommit), ...nothing }, "not-applicable", "data drift: nothing to compare"],
    [
      "broken head with drifted data",
      { head: withProblems(headCommit, aProblem()), comparison: null, ...drift({ columns: [drifted] }) },
      "fail",
      "1 column drifted",
    ],
    [
      "broken head with data that did not drift",
      { head: withProblems(headCommit, aProblem()), comparison: null, ...drift({}) },
      "cannot-tell",
      "data drift could not be judged",
    ],
    [
      "broken head",
      { head: withProblems(headCommit, aProblem()), ...nothing },
      "cannot-tell",
      "data drift could not be judged",
    ],
    ["no report", { drift: null }, "cannot-tell", "data drift could not be judged"],
  ])("%s", (_, review, answer, summary) => {
    expect(run(review)).toMatchObject({ answer, summary });
  });
});

describe("scope: dataset", () => {
  it("a single column does not fail, the data set does", () => {
    const columns = [drifted, aColumnDrift({ column: "sex" })];
    expect(run(drift({ columns }), "dataset")).toMatchObject({
      answer: "pass",
      summary: "no data set drift in 2 columns",
    });
    expect(run(drift({ answer: "drifted", columns }), "dataset")).toMatchObject({ answer: "fail" });
  });
});

describe("columns that hold the values of others", () => {
  const moved = [
    { from: "age", to: "sex", similarity: 1 },
    { from: "sex", to: "age", similarity: 1 },
  ];
  const other = { ...drifted, column: "sex" };
  const town = { ...drifted, column: "town" };
  it.each<["column" | "dataset", DriftReport["answer"], ColumnDrift[], string, (string | undefined)[]]>([
    ["column", "drifted", [drifted, other], "cannot-tell", ["moved"]],
    ["dataset", "drifted", [drifted, other], "cannot-tell", ["moved"]],
    ["column", "drifted", [drifted, other, town], "fail", ["town", "moved"]],
    ["dataset", "drifted", [drifted, other, town], "fail", ["town", "moved"]],
    ["dataset", "stable", [drifted, town], "cannot-tell", ["moved"]],
    ["column", "stable", [aColumnDrift(), aColumnDrift({ column: "sex" })], "pass", []],
  ])("are one finding: scope %s, data set %s", (scope, answer, columns, expected, found) => {
    const result = run({ schema: aSchemaDiff({ moved }), ...drift({ answer, columns }) }, scope);
    expect([result.answer, result.findings.map(({ column }) => column ?? "moved")]).toEqual([expected, found]);
  });

  it("say what became of them", () => {
    const review = { schema: aSchemaDiff({ moved }), ...drift({ answer: "drifted", columns: [drifted, other] }) };
    const [finding] = run(review).findings;
    expect([finding?.title, finding?.evidence.reason, finding?.remedy]).toEqual([
      "The drift of 2 columns of income isn't judged",
      "they hold the values of other columns now, which the data schema names",
      "Put the values back, or exclude these columns under drift in the policy first.",
    ]);
  });
});

describe("predictions", () => {
  const prediction = (different: object) => aColumnDrift({ column: "P(yes)", role: "prediction", ...different });
  const moved = prediction({ answer: "drifted", effect: 0.4, q: 0, description: "mean 0.2 → 0.5" });
  const told = "; predictions moved, which does not count (P(yes): mean 0.2 → 0.5)";
  it.each<[what: string, columns: ColumnDrift[], answer: string, summary: string]>([
    ["that moved are told", [aColumnDrift(), moved], "pass", `no drift in 1 column${told}`],
    ["beside a drifted column", [drifted, moved], "fail", `1 column drifted${told}`],
    [
      "with few hold-out rows in the head",
      [aColumnDrift(), prediction({ answer: "not-enough-data", rows: { base: 400, head: 26 } })],
      "pass",
      "no drift in 1 column",
    ],
    [
      "that can't be compared",
      [aColumnDrift(), prediction({ answer: "not-comparable" })],
      "pass",
      "no drift in 1 column",
    ],
    ["alone, when everything else is excluded", [moved], "not-applicable", "data drift: nothing to compare"],
  ])("%s", (_, columns, answer, summary) => {
    const whole = columns.length === 1 ? ("not-comparable" as const) : ("stable" as const);
    const result = run(drift({ answer: whole, columns }));
    expect([result.answer, result.summary]).toEqual([answer, summary]);
    expect(result.findings.map(({ column }) => column)).toEqual(answer === "fail" ? ["age"] : []);
  });

  it("a reference against which everything is excluded is not unreadable", () => {
    const multivariate = {
      answer: "not-comparable" as const,
      area: null,
      interval: null,
      effect: null,
      threshold: 0.25,
      rows: { base: 0, head: 0 },
      columns: [],
      description: "no feature exists on both sides in one type",
    };
    const excluded = drift({ answer: "not-comparable", reference: "data/accepted.csv", columns: [], multivariate });
    expect(run(excluded).answer).toBe("not-applicable");
  });
});
