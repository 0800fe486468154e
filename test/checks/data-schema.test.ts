import { describe, expect, it } from "vitest";
import type { SchemaDiff } from "../../pipeline/match/schema-diff.ts";
import type { ModelReview } from "../../pipeline/review/model-review.ts";
import check from "../../src/checks/data-schema.ts";
import {
  absent,
  aFacts,
  aModelReview,
  aProblem,
  aSchemaDiff,
  baseCommit,
  headCommit,
  ran,
  withProblems,
} from "../support/facts.ts";

const nothing = { comparison: null, schema: null, drift: null, changed: null };
type Allow = ReturnType<typeof check.options.parse>["allow"];

function run(review: Partial<ModelReview>, allow: Allow = ["added"]) {
  return check.run(aFacts({ models: [aModelReview(review)] }), { allow });
}

const schema = (different: Partial<SchemaDiff>) => ({ schema: aSchemaDiff(different) });

describe("each kind of change", () => {
  it.each<
    [kind: Allow[number], diff: Partial<SchemaDiff>, title: string, evidence: object, column: string | undefined]
  >([
    ["added", { added: ["city"] }, "Column city is new", { kind: "added", from: null, to: "city" }, "city"],
    ["removed", { removed: ["age"] }, "Column age is gone", { kind: "removed", from: "age", to: null }, "age"],
    [
      "renamed",
      { renamed: [{ from: "sex", to: "gender", similarity: 1 }] },
      "Column sex is now called gender",
      { kind: "renamed", from: "sex", to: "gender" },
      "sex",
    ],
    [
      "moved",
      { moved: [{ from: "sex", to: "age", similarity: 1 }] },
      "The values of sex are now in age",
      { kind: "moved", from: "sex", to: "age" },
      undefined,
    ],
    [
      "retyped",
      { retyped: [{ column: "age", from: "numeric", to: "categorical" }] },
      "Column age was numeric and is now categorical",
      { kind: "retyped", from: "numeric", to: "categorical" },
      "age",
    ],
    [
      "target-added",
      { target: { added: ["unknown"], removed: [] } },
      "The target has a new value unknown",
      { kind: "target-added", from: null, to: "unknown" },
      undefined,
    ],
    [
      "target-removed",
      { target: { added: [], removed: [">50K"] } },
      "The target lost the value >50K",
      { kind: "target-removed", from: ">50K", to: null },
      undefined,
    ],
  ])("%s", (kind, diff, title, evidence, column) => {
    expect(run(schema(diff), [])).toEqual({
      answer: "fail",
      summary: "1 change of the schema",
      findings: [
        {
          check: "data-schema",
          fingerprint: expect.any(String),
          title,
          evidence,
          remedy: `${kind === "moved" ? "Put the columns back, or write their names in the order of the file" : "Undo it in the data"}, or accept it by adding ${kind} to allow of data-schema in the policy first.`,
          model: "income",
          ...(column === undefined ? {} : { column }),
        },
      ],
    });
    expect(run(schema(diff), [kind])).toEqual({ answer: "pass", summary: expect.any(String), findings: [] });
  });
});

it.each<[target: NonNullable<SchemaDiff["target"]>, titles: string[]]>([
  [{ added: ["a", "b"], removed: [] }, ["The target has a new value a", "The target has a new value b"]],
  [{ added: [..."abcd"], removed: [] }, ["The target has 4 new values: a, b, c and 1 more"]],
  [{ added: [], removed: [..."abcdef"] }, ["The target lost 6 values: a, b, c and 3 more"]],
])("many values of the target are one finding: %j", (target, titles) => {
  expect(run(schema({ target })).findings.map((finding) => finding.title)).toEqual(titles);
});

it.each<[different: Partial<SchemaDiff>, title: string]>([
  [{ removed: ["column_1"] }, "Column column_1, which has no name in the base's file, is gone"],
  [
    { renamed: [{ from: "column_1", to: "id", similarity: 1 }] },
    "Column column_1, which has no name in the base's file, is now called id",
  ],
  [{ removed: ["column_2"] }, "Column column_2 is gone"],
])("says that nobody named a column: %j", (different, title) => {
  const note = aProblem({ code: "unnamed-column", written: "column_1, column_3" });
  const { findings } = run({ base: ran(baseCommit, { notes: [note] }), ...schema(different) });
  expect(findings.map((finding) => finding.title)).toEqual([title]);
});

it.each<[count: number, titles: string[]]>([
  [1, ["Column a is now called a2"]],
  [3, ["Column a is now called a2", "Column b is now called b2", "Column c is now called c2"]],
  [5, ["5 columns have other names: a → a2, b → b2, c → c2 and 2 more"]],
])("%d renamed columns", (count, titles) => {
  const renamed = [..."abcde"].slice(0, count).map((from) => ({ from, to: `${from}2`, similarity: 1 }));
  expect(run(schema({ renamed })).findings.map((finding) => finding.title)).toEqual(titles);
});

const age = { column: "age", from: "categorical", to: "numeric" } as const;
const back = { column: "age", from: "numeric", to: "categorical" } as const;
it.each<[change: SchemaDiff["retyped"][number], title: string]>([
  [{ ...age, texts: { cells: 1, values: ["?"] } }, 'Column age was categorical (1 cell with "?") and is now numeric'],
  [
    { ...age, texts: { cells: 16, values: ["?", "n/a"] } },
    'Column age was categorical (16 cells with "?", "n/a") and is now numeric',
  ],
  [
    { ...back, texts: { cells: 2, values: ["x".repeat(90)] } },
    `Column age was numeric and is now categorical (2 cells with "${"x".repeat(80)}…")`,
  ],
])("a new type is explained: %j", (change, title) => {
  expect(run(schema({ retyped: [change] })).findings.map((finding) => finding.title)).toEqual([title]);
});

it.each<[count: number, title: string]>([
  [2, "The values of a are now in b, those of b in c"],
  [3, "The values of a are now in b, those of b in c, those of c in d"],
  [4, "The values of a are now in b, those of b in c, those of c in d, and 1 more column moved"],
  [5, "The values of a are now in b, those of b in c, those of c in d, and 2 more columns moved"],
])("%d columns that changed places are one finding", (count, title) => {
  const moved = [..."abcde"].slice(0, count).map((from, at) => ({ from, to: "bcdef".charAt(at), similarity: 1 }));
  const { findings } = run(schema({ moved }));
  expect(findings.map((finding) => finding.title)).toEqual([title]);
});

it.each<[diff: Partial<SchemaDiff>, summary: string]>([
  [{}, "data schema unchanged"],
  [{ added: ["color"] }, "1 new column (allowed): color"],
  [{ added: ["a", "b", "c", "d", "e"] }, "5 new columns (allowed): a, b, c and 2 more"],
  [{ added: ["x".repeat(100)] }, `1 new column (allowed): ${"x".repeat(80)}…`],
  [{ removed: ["age"] }, "1 allowed change of the schema: column age is gone"],
  [
    { added: ["color"], target: { added: ["unknown"], removed: [] } },
    "2 allowed changes of the schema: column color is new, the target has a new value unknown",
  ],
])("what is accepted is told: %j", (diff, summary) => {
  expect(run(schema(diff), ["added", "removed", "target-added"])).toEqual({ answer: "pass", summary, findings: [] });
});

it.each<[what: string, review: Partial<ModelReview>, answer: string]>([
  ["no change", {}, "pass"],
  ["a new column is accepted by default", schema({ added: ["city"] }), "pass"],
  ["a numeric target", schema({ target: null }), "pass"],
  ["new model", { base: absent(baseCommit), ...nothing }, "not-applicable"],
  ["broken head", { head: withProblems(headCommit, aProblem()), ...nothing }, "cannot-tell"],
  [
    "broken head whose data lost a column",
    { ...nothing, head: withProblems(headCommit, aProblem()), ...schema({ removed: ["age"] }) },
    "fail",
  ],
  [
    "broken head whose data is as it was",
    { ...nothing, head: withProblems(headCommit, aProblem()), ...schema({}) },
    "cannot-tell",
  ],
  ["no difference came back", { schema: null }, "cannot-tell"],
])("%s", (_, review, answer) => {
  expect(run(review).answer).toBe(answer);
});
