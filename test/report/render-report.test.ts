import { describe, expect, it } from "vitest";
import type { Facts } from "../../src/facts/facts.ts";
import { policyPath } from "../../src/policy/parse-policy.ts";
import type { Policy } from "../../src/policy/policy.ts";
import { sizeOf } from "../../src/report/fit-markdown.ts";
import { renderReport } from "../../src/report/render-report.ts";
import { loadChecks } from "../../src/verdict/discover-checks.ts";
import { formVerdict } from "../../src/verdict/form-verdict.ts";
import { runChecks } from "../../src/verdict/run-checks.ts";
import {
  absent,
  aColumnDrift,
  aComparison,
  aDriftReport,
  aFacts,
  aMetric,
  aModelPolicy,
  aModelReview,
  anIssue,
  aPolicy,
  aProblem,
  aPullRequest,
  aRegression,
  baseCommit,
  headCommit,
  issues,
  ran,
  withProblems,
} from "../support/facts.ts";

/** The comment is compared whole, so a check that is added elsewhere must not change it. */
const shownChecks = new Set([
  "acceptance-criteria",
  "data-drift",
  "data-schema",
  "issue-labels",
  "linked-issue",
  "metric-regression",
  "metric-threshold",
  "pr-checklist",
]);
const checks = new Map([...(await loadChecks())].filter(([id]) => shownChecks.has(id)));

function report(different: Partial<Facts> = {}) {
  const facts = aFacts(different);
  return renderReport(formVerdict(facts, runChecks(checks, facts)), facts);
}

/** What is seen before anything is unfolded. */
function visible(different: Partial<Facts> = {}): string {
  const { comment } = report(different);
  return comment.slice(0, comment.indexOf("<details>")).trimEnd();
}

function blocking(...ids: string[]): Policy["checks"] {
  return Object.fromEntries(
    [...checks.values()].map(({ id, defaultLevel, options }) => [
      id,
      { level: ids.includes(id) ? "block" : defaultLevel, options: options.parse({}) as unknown },
    ]),
  );
}

const linked = { linkedIssues: issues(anIssue(12)) };
const nothing = { comparison: null, schema: null, drift: null, changed: null };
const recall = aMetric({
  metric: "recall",
  title: "Recall",
  base: 0.612,
  head: 0.609,
  difference: -0.003,
  interval: { low: -0.011, high: 0.005, level: 0.95 },
  tolerance: 0.02,
  smallestDetectable: 0.012,
});
const better = aMetric({
  verdict: "improved",
  head: 0.9203,
  difference: 0.0112,
  interval: { low: 0.0081, high: 0.0144, level: 0.95 },
});

describe("what a reviewer sees first", () => {
  it("a change that changes nothing", () => {
    expect(visible(linked)).toMatchInlineSnapshot(`
      "### ✓ ModelSync: this change passes every check
      Compared \`c91e7d0\` with \`8f3c2a1\` (main) on the same 8,140 hold-out rows.

      Changed: its experiment. No metric changed detectably."
    `);
  });

  it("an improvement", () => {
    const comparison = aComparison({ metrics: [better, recall] });
    expect(
      visible({ ...linked, models: [aModelReview({ base: ran(baseCommit, {}, true), comparison })] }),
    ).toMatchInlineSnapshot(`
      "### ✓ ModelSync: this change improves \`income\`
      Compared \`c91e7d0\` with \`8f3c2a1\` (main) on the same 8,140 hold-out rows. Base result from cache.

      | | metric | base | head | change, 95 % interval | |
      |---|---|---:|---:|---|---|
      | ✓ | ROC AUC | 0.9091 | 0.9203 | +0.0112 (0.0081 to 0.0144) | improved, DeLong |

      Changed: its experiment."
    `);
  });

  it("a regression", () => {
    const worse = aRegression({
      metric: "log_loss",
      title: "Log loss",
      direction: "lower",
      gated: false,
      difference: 0.0066,
      interval: { low: 0.003, high: 0.0104, level: 0.95 },
      base: 0.3512,
      head: 0.3578,
      test: "paired bootstrap",
    });
    const comparison = aComparison({
      metrics: [worse, recall, aRegression()],
      slices: [
        { slice: { column: "sex", value: "Female" }, rows: 2690, metrics: [aRegression({ difference: -0.034 })] },
        { slice: { column: "sex", value: "Male" }, rows: 5450, metrics: [aMetric()] },
      ],
    });
    expect(visible({ ...linked, models: [aModelReview({ comparison })] })).toMatchInlineSnapshot(`
      "### ✗ ModelSync: this change makes \`income\` worse
      Compared \`c91e7d0\` with \`8f3c2a1\` (main) on the same 8,140 hold-out rows.

      | | metric | base | head | change, 95 % interval | |
      |---|---|---:|---:|---|---|
      | ✗ | ROC AUC | 0.9091 | 0.8874 | −0.0217 (−0.0251 to −0.0184) | regressed beyond 0.005, DeLong |
      | ✓ | Recall | 0.6120 | 0.6090 | −0.0030 (−0.0110 to 0.0050) | no detectable change; 0.0120 would have shown |
      | ! | Log loss | 0.3512 | 0.3578 | +0.0066 (0.0030 to 0.0104) | worse, not gated, paired bootstrap |

      Changed: its experiment. Worst slice: \`sex = Female\`, ROC AUC −0.0340 (2,690 rows).

      - [ ] **Metric regression**: ROC AUC of income got worse: 0.9091 → 0.8874 (−0.0217, tolerance 0.005). Repair it, or raise the tolerance in the policy first.
      - [x] no drift in 2 columns; data schema unchanged; issue labels; linked issue: #&#8203;12"
    `);
  });

  it("an improvement of everything shows the gated metrics and three others", () => {
    const others = ["A", "B", "C", "D", "E"].map((title) => aMetric({ ...better, metric: title, title, gated: false }));
    const text = visible({
      ...linked,
      models: [aModelReview({ comparison: aComparison({ metrics: [...others, better] }) })],
    });
    expect(text.match(/^\| ✓ \| [^|]+/gm)).toEqual(["| ✓ | ROC AUC ", "| ✓ | A ", "| ✓ | B ", "| ✓ | C "]);
    expect(text).toContain("Metrics that also changed, folded below: 2.");
  });

  it("a metric under its minimum", () => {
    const policy = aPolicy({
      models: [aModelPolicy({ metrics: { roc_auc: { tolerance: 0.05, min: 0.95, max: null } } })],
    });
    const comparison = aComparison({ metrics: [aMetric({ tolerance: 0.05 })] });
    expect(visible({ ...linked, policy, models: [aModelReview({ comparison })] })).toMatchInlineSnapshot(`
      "### ✗ ModelSync: \`income\` misses its metric limits
      Compared \`c91e7d0\` with \`8f3c2a1\` (main) on the same 8,140 hold-out rows.

      | | metric | base | head | change, 95 % interval | |
      |---|---|---:|---:|---|---|
      | ✗ | ROC AUC | 0.9091 | 0.9089 | −0.0002 (−0.0011 to 0.0007) | no detectable change; 0.0013 would have shown; below the minimum 0.95 |

      Changed: its experiment.

      - [ ] **Metric limits**: ROC AUC of income is below the minimum: 0.9091, allowed is 0.95. Bring ROC AUC up to the limit, or change the limit in the policy first.
      - [x] no metric regression in income; no drift in 2 columns; data schema unchanged; issue labels; linked issue: #&#8203;12"
    `);
  });

  it("drift", () => {
    const drift = aDriftReport({
      answer: "drifted",
      columns: [
        aColumnDrift({ answer: "drifted", effect: 0.31, q: 0.0001, description: "mean 38.6 → 45.1" }),
        aColumnDrift({ column: "sex" }),
      ],
    });
    const policy = aPolicy({ checks: blocking("data-drift") });
    const models = [aModelReview({ changed: { data: true, experiment: false }, drift })];
    expect(visible({ ...linked, policy, models })).toMatchInlineSnapshot(`
      "### ✗ ModelSync: 1 check needs attention: data drift
      Compared \`c91e7d0\` with \`8f3c2a1\` (main) on the same 8,140 hold-out rows.

      | | metric | base | head | change, 95 % interval | |
      |---|---|---:|---:|---|---|
      | ✓ | ROC AUC | 0.9091 | 0.9089 | −0.0002 (−0.0011 to 0.0007) | no detectable change; 0.0013 would have shown |

      Changed: its data.

      | | drifted column | effect | threshold | what changed |
      |---|---|---:|---:|---|
      | ! | \`age\` | 0.3100 (wasserstein) | 0.1 | mean 38.6 → 45.1 |

      - [ ] **Data drift**: \`age\` of income: mean 38.6 → 45.1 (wasserstein 0.3100, threshold 0.1). See whether the change of age is wanted. If so, exclude the column under drift in the policy first.
      - [x] no metric regression in income; data schema unchanged; issue labels; linked issue: #&#8203;12"
    `);
  });

  it("no linked issue and a checklist that is not done", () => {
    const pullRequest = aPullRequest({ body: "- [x] tests\n- [ ] docs\n- [ ] changelog" });
    expect(visible({ policy: aPolicy({ checks: blocking("linked-issue") }), pullRequest })).toMatchInlineSnapshot(`
      "### ✗ ModelSync: 1 check needs attention: linked issue
      Compared \`c91e7d0\` with \`8f3c2a1\` (main) on the same 8,140 hold-out rows.

      | | metric | base | head | change, 95 % interval | |
      |---|---|---:|---:|---|---|
      | ✓ | ROC AUC | 0.9091 | 0.9089 | −0.0002 (−0.0011 to 0.0007) | no detectable change; 0.0013 would have shown |

      Changed: its experiment.

      - [ ] **Linked issue**: No issue is linked. Add a line such as “Closes #&#8203;123” to the description of the pull request.
      - [ ] **Checklist** (warning): 2 of 3 boxes not ticked
        - \`docs\` is not ticked. Do it and tick it in the description, or strike it through.
        - \`changelog\` is not ticked. Do it and tick it in the description, or strike it through.
      - [x] no metric regression in income; no drift in 2 columns; data schema unchanged"
    `);
  });

  it("acceptance criteria that are not met", () => {
    const body =
      "## Acceptance criteria\n- [ ] roc_auc >= 0.95\n- [ ] recall[sex=Female] not worse\n- [x] docs\n- [ ] changelog";
    const policy = aPolicy({ checks: blocking("acceptance-criteria") });
    expect(visible({ policy, linkedIssues: issues(anIssue(12, { body, labels: [] })) })).toMatchInlineSnapshot(`
      "### ✗ ModelSync: 1 check needs attention: acceptance criteria
      Compared \`c91e7d0\` with \`8f3c2a1\` (main) on the same 8,140 hold-out rows.

      | | metric | base | head | change, 95 % interval | |
      |---|---|---:|---:|---|---|
      | ✓ | ROC AUC | 0.9091 | 0.9089 | −0.0002 (−0.0011 to 0.0007) | no detectable change; 0.0013 would have shown |

      Changed: its experiment.

      - [ ] **Acceptance criteria**: 3 of 4 criteria of #&#8203;12 not met
        - \`roc_auc >= 0.95\` of #&#8203;12 measured **0.9091**: it must be &gt;= 0.95. Improve the model, or change the criterion in #&#8203;12.
        - \`recall[sex=Female] not worse\` of #&#8203;12: the hold-out has no measured slice sex = Female. Make it measurable, or change the criterion in #&#8203;12.
        - \`changelog\` of #&#8203;12: not ticked. Do it and tick it in #&#8203;12, or strike it through there.
      - [ ] **Issue labels** (warning): #&#8203;12 has no label. Label #&#8203;12, so that others can find it.
      - [x] no metric regression in income; no drift in 2 columns; data schema unchanged; linked issue: #&#8203;12"
    `);
  });

  it("a new model", () => {
    expect(
      visible({ ...linked, models: [aModelReview({ base: absent(baseCommit), ...nothing })] }),
    ).toMatchInlineSnapshot(`
      "### ✓ ModelSync: this change passes every check
      Compared \`c91e7d0\` with \`8f3c2a1\` (main).

      | | metric | base | head | change, 95 % interval | |
      |---|---|---:|---:|---|---|
      | – | ROC AUC | – | 0.9091 | – | no base |

      income is new: there is no base to compare with. It was measured on 8,140 hold-out rows."
    `);
  });

  it("a removed model", () => {
    expect(
      visible({ ...linked, models: [aModelReview({ head: absent(headCommit), ...nothing })] }),
    ).toMatchInlineSnapshot(`
      "### ✗ ModelSync: this change removes \`income\`
      Compared \`c91e7d0\` with \`8f3c2a1\` (main).

      income is removed by this change: its experiment file is gone.

      - [ ] **Metric regression**: The change removes income: models/income/experiment.yml is gone. Put the experiment file back, or first take the model out of the policy.
      - [x] issue labels; linked issue: #&#8203;12"
    `);
  });

  it("a broken experiment", () => {
    const head = withProblems(
      headCommit,
      aProblem(),
      aProblem({
        code: "bad-path",
        where: { path: "models/income/experiment.yml", line: 1 },
        message: "The path contains .. and could leave the repository.",
        written: "../data.csv",
        allowed: "a path relative to the repository root",
        remedy: "Write the path relative to the repository root.",
      }),
    );
    expect(visible({ ...linked, models: [aModelReview({ head, ...nothing })] })).toMatchInlineSnapshot(`
      "### ! ModelSync: \`income\` could not be run
      Compared \`c91e7d0\` with \`8f3c2a1\` (main).

      income could not be run at the head:

      - \`models/income/experiment.yml:2\`: The data has no column incom. Written: \`incom\`. Allowed: age, sex, income. Did you mean income?
      - \`models/income/experiment.yml:1\`: The path contains .. and could leave the repository. Written: \`../data.csv\`. Allowed: a path relative to the repository root. Write the path relative to the repository root.

      - [ ] **Could not tell**, because \`income\` could not be run: metric regression, data schema, data drift
      - [x] issue labels; linked issue: #&#8203;12"
    `);
  });

  it("two sides that can't be compared", () => {
    const comparison = aComparison({
      status: "incomparable",
      reasons: ["The target changed from income to salary."],
      metrics: [],
      holdout: { base: 8140, head: 8140, common: 0 },
    });
    expect(visible({ ...linked, models: [aModelReview({ comparison })] })).toMatchInlineSnapshot(`
      "### ! ModelSync: \`income\` could not be compared with the base
      Compared \`c91e7d0\` with \`8f3c2a1\` (main).

      The target changed from income to salary. Changed: its experiment.

      - [ ] **Metric regression** (could not tell): The metrics of income can't be compared with the base: The target changed from income to salary. Keep target, split, seed and row key as they are, or change them in a pull request of their own.
      - [x] no drift in 2 columns; data schema unchanged; issue labels; linked issue: #&#8203;12"
    `);
  });

  it("several models", () => {
    const ids = ["income", "churn", "fraud", "new-one"];
    const policy = aPolicy({ models: ids.map((id) => aModelPolicy({ id })) });
    const quiet = { changed: { data: false, experiment: false } };
    const models = [
      aModelReview({ comparison: aComparison({ metrics: [better] }), base: ran(baseCommit, {}, true) }),
      aModelReview({ model: "churn", ...quiet }),
      aModelReview({ model: "fraud", ...quiet }),
      aModelReview({ model: "new-one", base: absent(baseCommit), ...nothing }),
    ];
    expect(visible({ ...linked, policy, models })).toMatchInlineSnapshot(`
      "### ✓ ModelSync: this change improves \`income\`
      Compared \`c91e7d0\` with \`8f3c2a1\` (main). Base results from cache: 1 of 4.

      #### \`income\`

      | | metric | base | head | change, 95 % interval | |
      |---|---|---:|---:|---|---|
      | ✓ | ROC AUC | 0.9091 | 0.9203 | +0.0112 (0.0081 to 0.0144) | improved, DeLong |

      Changed: its experiment.

      #### \`new-one\`

      | | metric | base | head | change, 95 % interval | |
      |---|---|---:|---:|---|---|
      | – | ROC AUC | – | 0.9091 | – | no base |

      new-one is new: there is no base to compare with. It was measured on 8,140 hold-out rows.

      Unchanged: \`churn\`, \`fraud\`."
    `);
  });

  it("a change of the policy", () => {
    const policyChange = { state: "changed" as const, preview: ["roc_auc tolerance of income: 0.005 → 0.05 (looser)"] };
    expect(visible({ ...linked, policyChange })).toMatchInlineSnapshot(`
      "### ✓ ModelSync: this change passes every check
      Compared \`c91e7d0\` with \`8f3c2a1\` (main) on the same 8,140 hold-out rows.

      This change edits the policy. It is judged by the base's policy; once merged:

      - roc\\_auc tolerance of income: 0.005 → 0.05 (looser)

      Changed: its experiment. No metric changed detectably."
    `);
  });

  it("a policy that the change makes invalid", () => {
    const where = { path: policyPath, line: 3, column: 5, key: "models[0].metrics.roc_auk" };
    const problem = aProblem({
      code: "unknown-key",
      where,
      message: "There is no key roc_auk here.",
      written: "roc_auk",
      allowed: "accuracy, roc_auc",
      remedy: "Did you mean roc_auc?",
    });
    expect(visible({ ...linked, policyChange: { state: "invalid", problems: [problem] } })).toMatchInlineSnapshot(`
      "### ✗ ModelSync: this change makes the policy invalid
      Compared \`c91e7d0\` with \`8f3c2a1\` (main) on the same 8,140 hold-out rows.

      The policy file in this change is not valid. Merged like this, every later review would fail:

      - \`.github/modelsync.yml:3\`: There is no key roc\\_auk here. Written: \`roc_auk\`. Allowed: accuracy, roc\\_auc. Did you mean roc\\_auc?

      | | metric | base | head | change, 95 % interval | |
      |---|---|---:|---:|---|---|
      | ✓ | ROC AUC | 0.9091 | 0.9089 | −0.0002 (−0.0011 to 0.0007) | no detectable change; 0.0013 would have shown |

      Changed: its experiment."
    `);
  });

  it("a local branch", () => {
    const unknown = { known: false, why: "needs-github", detail: "" } as const;
    expect(
      visible({
        door: "git",
        pullRequest: aPullRequest({ number: null, url: null, author: null }),
        linkedIssues: unknown,
        models: [aModelReview({ comparison: aComparison({ metrics: [aRegression()] }) })],
      }),
    ).toMatchInlineSnapshot(`
      "### ✗ ModelSync: this change makes \`income\` worse
      Compared \`c91e7d0\` with \`8f3c2a1\` (main) on the same 8,140 hold-out rows.

      | | metric | base | head | change, 95 % interval | |
      |---|---|---:|---:|---|---|
      | ✗ | ROC AUC | 0.9091 | 0.8874 | −0.0217 (−0.0251 to −0.0184) | regressed beyond 0.005, DeLong |

      Changed: its experiment.

      - [ ] **Metric regression**: ROC AUC of income got worse: 0.9091 → 0.8874 (−0.0217, tolerance 0.005). Repair it, or raise the tolerance in the policy first.
      - [x] no drift in 2 columns; data schema unchanged"
    `);
  });
});

it("the whole comment", () => {
  expect(report(linked).comment).toMatchInlineSnapshot(`
    "### ✓ ModelSync: this change passes every check
    Compared \`c91e7d0\` with \`8f3c2a1\` (main) on the same 8,140 hold-out rows.

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

    Base, rows are actual, columns predicted:

    | | \`<=50K\` | \`>50K\` |
    |---|---:|---:|
    | \`<=50K\` | 5,800 | 380 |
    | \`>50K\` | 760 | 1,200 |

    Head, rows are actual, columns predicted:

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

    Rows: 32,561 → 32,561 (0 added, 0 removed, 32,561 in both).

    #### Reproduce locally

    \`\`\`sh
    git fetch origin 5d41402000000000000000000000000000000000 pull/7/head
    npx modelsync review --base 5d41402000000000000000000000000000000000 --head c91e7d0000000000000000000000000000000000
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
          message: "Written: incom. Allowed: age, sex, income. Did you mean income?",
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
      /\*Cut here: [\d,]+ characters left out\.\* Everything is shown by `npx modelsync review --base [0-9a-f]{40} --head [0-9a-f]{40}`\n\n<\/details>/,
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
