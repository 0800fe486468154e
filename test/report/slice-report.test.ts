import { expect, it } from "vitest";
import { renderReport } from "../../src/report/render-report.ts";
import { loadChecks } from "../../src/verdict/discover-checks.ts";
import { judge } from "../../src/verdict/judge.ts";
import {
  aColumnDrift,
  aComparison,
  aDriftReport,
  aFacts,
  aMetric,
  aModelPolicy,
  aModelReview,
  aPolicy,
  aRegression,
  headCommit,
  ran,
} from "../support/facts.ts";

const wanted = ["slice-regression", "data-drift", "data-schema"];
const checks = new Map([...(await loadChecks())].filter(([id]) => wanted.includes(id)));

it("several classes, with slices that got worse and drift of all columns together", () => {
  const f1 = (difference: number) =>
    aRegression({
      metric: "f1",
      title: "F1",
      head: 0.88,
      difference,
      interval: { low: -0.05, high: -0.01, level: 0.95 },
    });
  const slices = ["north", "south", "east", "west", "center"].map((value, index) => ({
    slice: { column: "region", value },
    rows: 100 + index,
    metrics: [aRegression({ difference: -0.02 - index / 100 }), ...(index > 2 ? [f1(-0.03)] : [aMetric()])],
  }));
  const multivariate = {
    answer: "drifted",
    description: "a classifier tells head rows from base rows with an area of 0.71 (0.50 is guessing)",
  } as NonNullable<ReturnType<typeof aDriftReport>["multivariate"]>;
  const drift = aDriftReport({
    answer: "drifted",
    columns: [
      aColumnDrift({ column: "predicted band", role: "prediction", answer: "drifted", description: "a 20 % → 35 %" }),
      aColumnDrift({ answer: "drifted", effect: 0.31, q: 1e-9, description: "mean 38.6 → 45.1" }),
      aColumnDrift({ column: "band", role: "target", answer: "drifted", description: "a 20 % → 31 %" }),
    ],
    multivariate,
  });
  const head = ran(headCommit, { task: "multiclass", classes: ["a", "b", "c"], positive: null });
  const models = [aModelReview({ head, comparison: aComparison({ slices }), drift })];
  const policy = aPolicy({ models: [aModelPolicy({ slices: ["sex"] })] });
  const facts = aFacts({ policy, models });
  const { comment } = renderReport(judge(checks, facts), facts);
  expect(comment.slice(0, comment.indexOf("<details>")).trimEnd()).toMatchInlineSnapshot(`
    "### ✓ ModelSync: this change passes, with 2 warnings: slice regression, data drift
    Compared \`c91e7d0\` with \`8f3c2a1\` (main) on the same 8,140 hold-out rows.

    | | metric | base | head | change, 95 % interval | |
    |---|---|---:|---:|---|---|
    | ✓ | ROC AUC | 0.9091 | 0.9089 | −0.0002 (−0.0011 to 0.0007) | no detectable change; 0.0013 would have shown |

    Changed: its experiment. Over all rows no metric changed detectably. Worst slice: \`region = center\`, ROC AUC −0.0600 (104 rows).

    | | drifted column | effect | threshold | what changed |
    |---|---|---:|---:|---|
    | ! | \`age\` | 0.3100 (wasserstein) | 0.1 | mean 38.6 → 45.1 |
    | ! | \`band\` (target) | 0.0123 (wasserstein) | 0.1 | a 20 % → 31 % |
    | ! | \`predicted band\` (prediction) | 0.0123 (wasserstein) | 0.1 | a 20 % → 35 % |

    Drift of all columns together: A classifier tells head rows from base rows with an area of 0.71 (0.50 is guessing).

    - [ ] **Slice regression** (warning): worse in 5 slices
      - \`region = center\` of income, 104 rows: ROC AUC 0.9091 → 0.8874 (−0.0600, −0.0251 to −0.0184, DeLong); F1 0.9091 → 0.8800 (−0.0300, −0.0500 to −0.0100, DeLong).
      - \`region = west\` of income, 103 rows: ROC AUC 0.9091 → 0.8874 (−0.0500, −0.0251 to −0.0184, DeLong); F1 0.9091 → 0.8800 (−0.0300, −0.0500 to −0.0100, DeLong).
      - \`region = east\` of income, 102 rows: ROC AUC 0.9091 → 0.8874 (−0.0400, −0.0251 to −0.0184, DeLong). Repair it for these rows, or raise the metric's tolerance in the policy first.
      - and 2 more slices
    - [ ] **Data drift** (warning): 2 columns drifted; predictions moved, which does not count (predicted band: a 20 % → 35 %)
      - \`age\` of income: mean 38.6 → 45.1 (wasserstein 0.3100, threshold 0.1). See whether the change of age is wanted. If it may always change, exclude it under drift in the policy first.
      - \`band\` of income: a 20 % → 31 % (wasserstein 0.0123, threshold 0.1). See whether the change of band is wanted. If it may always change, exclude it under drift in the policy first.
    - [x] data schema unchanged"
  `);
});
