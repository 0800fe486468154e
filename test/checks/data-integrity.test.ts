import { describe, expect, it } from "vitest";
import { type IntegrityEntry, type IntegrityKind, integrityKinds } from "../../pipeline/integrity/integrity-report.ts";
import type { ModelReview } from "../../pipeline/review/model-review.ts";
import check from "../../src/checks/data-integrity.ts";
import { renderTemplate } from "../../src/report/templates.ts";
import { absent, aFacts, aModelReview, aProblem, baseCommit, headCommit, withProblems } from "../support/facts.ts";
import { anEntry, aReport } from "../support/integrity.ts";

const nothing = { comparison: null, schema: null, drift: null, changed: null, integrity: null };
const options = (written: object) => check.options.parse(written);

function run(review: Partial<ModelReview>, written: object = {}) {
  return check.run(aFacts({ models: [aModelReview(review)] }), options(written));
}

const trouble = (different: Partial<IntegrityEntry> = {}) =>
  anEntry({
    kind: "missing-marker",
    severity: "integrity",
    column: "workclass",
    value: 0.0564,
    evidence: { marker: "?", count: 1836, share: 0.0564 },
    description: '1,836 cells (5.6 %) hold "?"',
    ...different,
  });
const found = (...entries: Partial<IntegrityEntry>[]) => ({ integrity: aReport(entries.map(trouble)) });
const kinds = (Object.keys(integrityKinds) as IntegrityKind[]).filter((kind) => integrityKinds[kind] === "integrity");

it("a new marker fails with its count", () => {
  expect(run(found({}))).toEqual({
    answer: "fail",
    summary: "data integrity: 1 new trouble",
    findings: [
      {
        check: "data-integrity",
        fingerprint: expect.any(String),
        title: "workclass has a value that looks like a missing one",
        evidence: {
          marker: "?",
          count: 1836,
          share: 0.0564,
          kind: "missing-marker",
          value: 0.0564,
          baseValue: null,
          description: '1,836 cells (5.6 %) hold "?"',
        },
        remedy:
          "Declare it under missing in the experiment, or leave these cells empty. If it is as it should be, add missing-marker to allow of data-integrity in the policy first, or the column to ignore.",
        model: "income",
        column: "workclass",
      },
    ],
  });
});

describe.each(kinds)("%s", (kind) => {
  it("fails when it is new and large, passes when the base has it, when it is allowed and when its column is ignored", () => {
    const answers = [
      run(found({ kind, value: 0.9 })),
      run(found({ kind, value: 0.9, baseValue: 0.9 })),
      run(found({ kind, value: 0.9 }), { allow: [kind] }),
      run(found({ kind, value: 0.9 }), { ignore: ["workclass"] }),
    ].map(({ answer }) => answer);
    expect(answers).toEqual(["fail", "pass", "pass", "pass"]);
  });
});

describe("thresholds", () => {
  it.each<[kind: IntegrityKind, option: string, standard: number]>([
    ["rows-lost", "lost_rows", 0.2],
    ["repeated-rows", "repeated_rows", 0.05],
    ["conflicting-labels", "conflicting_labels", 0.05],
    ["missing-rate", "missing_increase", 0.05],
    ["class-balance", "class_shift", 0.1],
    ["new-categories", "new_categories", 0.01],
    ["vanished-categories", "vanished_categories", 0.01],
  ])("%s counts from %s on", (kind, option, standard) => {
    const answers = [
      run(found({ kind, value: standard })),
      run(found({ kind, value: standard - 0.001 })),
      run(found({ kind, value: 0.3 }), { [option]: 0.31 }),
      run(found({ kind, value: 0.3, baseValue: 0.299 - standard })),
      run(found({ kind, value: 0.35, baseValue: 0.35 - standard / 2 })),
    ].map(({ answer }) => answer);
    expect(answers).toEqual(["fail", "pass", "pass", "fail", "pass"]);
  });
});

it("is shown in a sentence", () => {
  const [finding] = run(found({})).findings;
  expect(renderTemplate("checks/data-integrity", finding!)).toMatchInlineSnapshot(
    `"workclass has a value that looks like a missing one in the data of \`income\`: 1,836 cells (5.6 %) hold "?". Declare it under missing in the experiment, or leave these cells empty. If it is as it should be, add missing-marker to allow of data-integrity in the policy first, or the column to ignore."`,
  );
});

it("names what the base has already, and shortens it", () => {
  const columns = ["a", "b", "c", "d", "e"];
  expect(run(found(...columns.map((column) => ({ column, baseValue: 0.0564 })))).summary).toBe(
    "no new trouble in the data; known: a, b, c and 2 more",
  );
});

it.each<[what: string, review: Partial<ModelReview>, options: object, summary: string]>([
  ["nothing", found(), {}, "no trouble in the data found"],
  [
    "something under its limit",
    found({ kind: "missing-rate", value: 0.04 }),
    {},
    "no trouble in the data beyond the limits",
  ],
  ["what is accepted", found({}), { allow: ["missing-marker"] }, "no trouble in the data found"],
  ["what is ignored", found({ column: "age" }), { ignore: ["age"] }, "no trouble in the data found"],
  [
    "leakage, which is told elsewhere",
    found({ kind: "target-copy", severity: "leakage" }),
    {},
    "no trouble in the data found",
  ],
])("a pass says whether nothing was found: %s", (_, review, options, summary) => {
  expect(run(review, options)).toMatchObject({ answer: "pass", summary });
});

it("two markers of a column are two findings", () => {
  const markers = ["?", "N/A"].map((marker) => ({ evidence: { marker, count: 5, share: 0.1 } }));
  const { summary, findings } = run(found(...markers));
  expect([summary, new Set(findings.map(({ fingerprint }) => fingerprint)).size]).toEqual([
    "data integrity: 2 new troubles",
    2,
  ]);
});

describe("models without a report", () => {
  it.each<[what: string, review: Partial<ModelReview>, answer: string]>([
    ["removed", { head: absent(headCommit), ...nothing }, "not-applicable"],
    ["a broken head", { head: withProblems(headCommit, aProblem()), ...nothing }, "cannot-tell"],
    ["no report", { integrity: null }, "cannot-tell"],
    ["a clean new model", { base: absent(baseCommit), comparison: null }, "pass"],
    ["a clean head on a broken base", { base: withProblems(baseCommit, aProblem()) }, "cannot-tell"],
    ["trouble on a broken base", { base: withProblems(baseCommit, aProblem()), ...found({ isNew: null }) }, "fail"],
  ])("%s", (_, review, answer) => {
    expect(run(review).answer).toBe(answer);
  });
});

it.each([{ allow: ["target-copy"] }, { class_shift: 1.1 }, { repeated_rows: -1 }, { ignore: "a" }])(
  "refuses %j",
  (written) => {
    expect(check.options.safeParse(written).success).toBe(false);
  },
);
