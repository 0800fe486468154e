import { describe, expect, it } from "vitest";
import type { Facts } from "../../src/facts/facts.ts";
import { sizeOf } from "../../src/report/fit-markdown.ts";
import {
  aColumnDrift,
  aComparison,
  aDriftReport,
  aModelPolicy,
  aModelReview,
  anIssue,
  aPolicy,
  aProblem,
  aRegression,
  baseCommit,
  headCommit,
  issues,
  ran,
  withProblems,
} from "../support/facts.ts";
import { report } from "../support/reported.ts";

const linked = { linkedIssues: issues(anIssue(12)) };
const nothing = { comparison: null, schema: null, drift: null, changed: null };

it("the whole comment", () => {
  expect(report(linked).comment).toMatchInlineSnapshot(`
    "### ✓ ModelSync: this change passes every check
    Compared \`c91e7d0\` with \`8f3c2a1\` (main) on the same 8,140 hold-out rows.

    | | metric | base | head | change, 95 % interval | |
    |---|---|---:|---:|---|---|
    | ✓ | ROC AUC | 0.9091 | 0.9089 | −0.0002 (−0.0011 to 0.0007) | no detectable change; 0.0013 would have shown |

    Changed: its experiment. No metric changed detectably.

    <details><summary>Checks, all metrics, confusion matrices, drift, data changes, reproduce locally, lineage, data profile</summary>

    #### Checks

    - [x] no metric regression in income; no drift in 2 columns; data schema unchanged; issue labels; linked issue: #&#8203;12
    - not applicable: metric limits: the policy sets none; no criteria in #&#8203;12; checklist: no boxes

    #### All metrics

    | | metric | base | head | change, 95 % interval | |
    |---|---|---:|---:|---|---|
    | ✓ | ROC AUC | 0.9091 | 0.9089 | −0.0002 (−0.0011 to 0.0007) | no detectable change; 0.0013 would have shown |

    #### Confusion matrices

    Base, on all its 8,140 hold-out rows. Rows are actual, columns predicted:

    | | \`<=50K\` | \`>50K\` |
    |---|---:|---:|
    | \`<=50K\` | 5,800 | 380 |
    | \`>50K\` | 760 | 1,200 |

    Head, on all its 8,140 hold-out rows. Rows are actual, columns predicted:

    | | \`<=50K\` | \`>50K\` |
    |---|---:|---:|
    | \`<=50K\` | 5,800 | 380 |
    | \`>50K\` | 760 | 1,200 |

    #### Drift

    0 of 2 columns drifted; from 50 % on the data set counts as drifted.

    | column | answer | effect | threshold | q | what changed |
    |---|---|---:|---:|---:|---|
    | \`age\` | stable | 0.0123 (wasserstein) | 0.1 | 0.8200 | mean 38.58 → 38.61 |
    | \`sex\` | stable | 0.0123 (jensen-shannon) | 0.1 | 0.8200 | mean 38.58 → 38.61 |

    #### Data changes

    Rows: 32,561 → 32,561 (32,561 in both). No change of content.

    #### Reproduce locally

    \`\`\`sh
    git fetch origin 5d41402000000000000000000000000000000000 pull/7/head
    modelsync review --base 5d41402000000000000000000000000000000000 --head c91e7d0000000000000000000000000000000000
    \`\`\`

    #### Lineage

    - base \`8f3c2a1000000000000000000000000000000000\`: \`logistic-regression\`, seed 42, 24,421 training and 8,140 hold-out rows, 2 features, converged after 31 iterations
      - data \`data/adult.csv\` blob \`dddddddddddddddddddddddddddddddddddddddd\`
      - experiment \`eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee\`
      - model \`aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\`
      - engine \`1\`
    - head \`c91e7d0000000000000000000000000000000000\`: \`logistic-regression\`, seed 42, 24,421 training and 8,140 hold-out rows, 2 features, converged after 31 iterations
      - data \`data/adult.csv\` blob \`dddddddddddddddddddddddddddddddddddddddd\`
      - experiment \`eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee\`
      - model \`aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\`
      - engine \`1\`

    #### Data profile

    32,561 rows; comma-separated, UTF-8, LF line ends.

    | column | missing | distinct | |
    |---|---:|---:|---|
    | \`age\` | 0 % | 73 | 17 … 37 … 90, mean 38.58, sd 13.64 |
    | \`sex\` | <0.1 % | 2 | \`Male\` 21,790, \`Female\` 10,759 |

    </details>

    <!-- modelsync:report -->
    "
  `);
});

describe("the check run", () => {
  it("has the same two parts, and marks what has a place in the head", () => {
    const path = "models/income/experiment.yml";
    const head = withProblems(headCommit, aProblem(), aProblem({ where: { path } }));
    const models = [aModelReview({ head, ...nothing })];
    const { comment, checkRun } = report({ ...linked, models });
    expect(comment).toContain(checkRun.summary);
    expect({ ...checkRun, summary: "", text: checkRun.text.split("\n")[0] }).toEqual({
      conclusion: "failure",
      title: "income could not be run",
      summary: "",
      text: "#### Checks",
      annotations: [
        {
          path,
          start_line: 2,
          end_line: 2,
          annotation_level: "failure",
          title: "The data has no column incom.",
          message: "Written: incom. Allowed: age, sex, income. Did you mean income? (configuration/target-absent)",
        },
      ],
    });
  });

  it("marks nothing for a broken base, whose lines are not the head's", () => {
    const models = [aModelReview({ base: withProblems(baseCommit, aProblem()), ...nothing })];
    expect(report({ models }).checkRun.annotations).toEqual([]);
  });

  it.each<[what: string, facts: Partial<Facts>, conclusion: string]>([
    ["a pass", linked, "success"],
    ["warnings", {}, "success"],
    ["a failure", { models: [aModelReview({ comparison: aComparison({ metrics: [aRegression()] }) })] }, "failure"],
    ["no answer", { models: [] }, "failure"],
  ])("%s", (_, facts, conclusion) => {
    expect(report(facts).checkRun.conclusion).toBe(conclusion);
  });
});

describe("GitHub's limits hold", () => {
  const many = Array.from({ length: 50 }, (_, i) => `model-${i}`);
  const metrics = Array.from({ length: 21 }, (_, i) =>
    aRegression({ title: `Metric number ${i}`, test: "a test ".repeat(20) }),
  );
  const slices = Array.from({ length: 200 }, (_, i) => ({
    slice: { column: "ünïcode 😀".repeat(9), value: `${i}` },
    rows: i,
    metrics,
  }));
  const columns = Array.from({ length: 9000 }, (_, i) =>
    aColumnDrift({ column: `😀 column ${i}`, answer: "drifted", description: "很".repeat(300) }),
  );
  const problems = Array.from({ length: 300 }, (_, i) =>
    aProblem({ where: { path: "a.yml", line: i + 1 }, message: "x".repeat(5000) }),
  );

  it.each<[what: string, facts: Partial<Facts>]>([
    [
      "one big model",
      {
        models: [
          aModelReview({
            comparison: aComparison({ metrics, slices }),
            drift: aDriftReport({ answer: "drifted", columns }),
          }),
        ],
      },
    ],
    [
      "many big models",
      {
        policy: aPolicy({ models: many.map((id) => aModelPolicy({ id })) }),
        models: many.map((model) =>
          aModelReview({
            model,
            comparison: aComparison({ metrics, slices }),
            drift: aDriftReport({ columns: columns.slice(0, 100) }),
          }),
        ),
      },
    ],
    [
      "many broken models",
      {
        policy: aPolicy({ models: many.map((id) => aModelPolicy({ id })) }),
        models: many.map((model) => aModelReview({ model, head: withProblems(headCommit, ...problems), ...nothing })),
      },
    ],
    [
      "a huge policy",
      { policyChange: { state: "changed", preview: Array.from({ length: 9000 }, () => "y".repeat(9000)) } },
    ],
    ["a broken policy", { policyChange: { state: "invalid", problems } }],
    [
      "a huge issue",
      { linkedIssues: issues(...Array.from({ length: 50 }, (_, i) => anIssue(i, { body: "- [ ] a\n".repeat(8000) }))) },
    ],
  ])("%s", (_, facts) => {
    const { comment, checkRun } = report(facts);
    expect(sizeOf(comment)).toBeLessThanOrEqual(65_536);
    expect(sizeOf(checkRun.summary)).toBeLessThanOrEqual(65_535);
    expect(sizeOf(checkRun.text)).toBeLessThanOrEqual(65_535);
    expect(checkRun.title.length).toBeLessThanOrEqual(255);
    expect(checkRun.annotations.length).toBeLessThanOrEqual(50);
    expect(comment.endsWith("\n<!-- modelsync:report -->\n")).toBe(true);
    expect(comment.split("<details>").length).toBe(comment.split("</details>").length);
    expect(comment.split("```").length % 2).toBe(1);
    expect(comment).toMatch(/^### [✓✗!] ModelSync: /);
  });

  it("says how much was cut and how to see it", () => {
    const models = [aModelReview({ drift: aDriftReport({ answer: "drifted", columns }) })];
    const { comment } = report({ ...linked, models });
    expect(comment).toMatch(
      /\*Cut here: [\d,]+ characters left out\.\* Everything is shown by `modelsync review --base [0-9a-f]{40} --head [0-9a-f]{40}`\n\n<\/details>/,
    );
  });
});

it("the same facts give the same bytes, whatever the clock says", () => {
  const first = report({ ...linked, now: "2026-01-01T00:00:00Z" });
  const slow = ran(headCommit, { lineage: { ...aRunLineage(), timings: { read: 9999 } } });
  expect(report({ ...linked, now: "2027-01-01T00:00:00Z", models: [aModelReview({ head: slow })] })).toEqual(first);
});

function aRunLineage() {
  const side = ran(headCommit);
  if (side.state !== "ran") throw new Error("it did not run");
  return side.run.lineage;
}
