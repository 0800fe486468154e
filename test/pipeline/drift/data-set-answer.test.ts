import { describe, expect, it } from "vitest";
import { dataSetAnswer } from "../../../pipeline/drift/data-set-answer.ts";
import type { ColumnDrift, DriftAnswer } from "../../../pipeline/drift/drift-report.ts";

const column = (answer: DriftAnswer, role: ColumnDrift["role"] = "feature"): ColumnDrift => ({
  column: "c",
  type: "numeric",
  role,
  answer,
  statistic: "ks",
  effect: 0,
  threshold: 0.15,
  test: "Kolmogorov–Smirnov",
  p: 1,
  q: 1,
  statistics: {},
  rows: { base: 100, head: 100 },
  missing: { base: 0, head: 0 },
  description: "",
});

const columns = (drifted: number, stable: number, few = 0) => [
  ...Array.from({ length: drifted }, () => column("drifted")),
  ...Array.from({ length: stable }, () => column("stable")),
  ...Array.from({ length: few }, () => column("not-enough-data")),
];

describe("dataSetAnswer", () => {
  it.each([
    {
      given: columns(1, 3),
      answer: "drifted",
      rule: "the data set as a whole drifted: 1 of 4 judged features drifted (25 %; 25 % is enough).",
    },
    {
      given: columns(1, 4, 2),
      answer: "stable",
      rule: "the data set as a whole is stable: 1 of 5 judged features drifted (20 %; 25 % would count); 2 could not be judged.",
    },
    {
      given: [column("drifted", "target"), ...columns(0, 1)],
      answer: "drifted",
      rule: "the data set as a whole drifted: 0 of 1 judged feature drifted (0 %; 25 % would count); the target drifted, which is enough on its own.",
    },
    {
      given: [column("stable", "target"), column("drifted", "prediction"), ...columns(0, 2)],
      answer: "stable",
      rule: "the data set as a whole is stable: 0 of 2 judged features drifted (0 %; 25 % would count); the target did not.",
    },
    {
      given: columns(0, 0, 2),
      answer: "not-enough-data",
      rule: "No column has 50 values on both sides, so none was judged.",
    },
    {
      given: [column("not-comparable")],
      answer: "not-comparable",
      rule: "No column exists on both sides in a form that can be compared.",
    },
    {
      given: [],
      answer: "not-comparable",
      rule: "No column exists on both sides in a form that can be compared.",
    },
  ])("answers $answer: $rule", ({ given, answer, rule }) => {
    expect(dataSetAnswer(given, { share: 0.25, minimumRows: 50 })).toEqual({ answer, rule });
  });

  it("never calls a data set drifted for a limit of zero alone", () => {
    expect(dataSetAnswer(columns(0, 3), { share: 0, minimumRows: 50 }).answer).toBe("stable");
  });
});
