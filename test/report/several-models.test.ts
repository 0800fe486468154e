import { expect, it } from "vitest";
import {
  absent,
  aComparison,
  aMetric,
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
import { visible } from "../support/reported.ts";

const linked = { linkedIssues: issues(anIssue(12)) };
const nothing = { comparison: null, schema: null, drift: null, changed: null };
const better = aMetric({
  verdict: "improved",
  head: 0.9203,
  difference: 0.0112,
  interval: { low: 0.0081, high: 0.0144, level: 0.95 },
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

it("several models, one broken, one worse and one unchanged", () => {
  const ids = ["income", "churn", "fraud"];
  const policy = aPolicy({ models: ids.map((id) => aModelPolicy({ id })) });
  const models = [
    aModelReview({ head: withProblems(headCommit, aProblem()), ...nothing }),
    aModelReview({ model: "churn", comparison: aComparison({ metrics: [aRegression()] }) }),
    aModelReview({ model: "fraud", changed: { data: false, experiment: false } }),
  ];
  expect(visible({ ...linked, policy, models })).toMatchInlineSnapshot(`
    "### ✗ ModelSync: \`income\` could not be run and this change makes \`churn\` worse
    Compared \`c91e7d0\` with \`8f3c2a1\` (main).

    #### \`income\`

    income could not be run at the head:

    - \`models/income/experiment.yml:2\`: The data has no column incom. Written: \`incom\`. Allowed: age, sex, income. Did you mean income? (\`configuration/target-absent\`)

    #### \`churn\`

    | | metric | base | head | change, 95 % interval | |
    |---|---|---:|---:|---|---|
    | ✗ | ROC AUC | 0.9091 | 0.8874 | −0.0217 (−0.0251 to −0.0184) | regressed beyond 0.005, DeLong |

    Changed: its experiment.

    Unchanged: \`fraud\`.

    - [ ] **Metric regression**: ROC AUC of churn got worse: 0.9091 → 0.8874 (−0.0217, tolerance 0.005). Repair it, or raise the tolerance in the policy first.
      - [ ] <!-- modelsync:waive b86441f01d16ba3e c91e7d0000000000000000000000000000000000 --> waive it as it is
    - [ ] **Could not tell**, because \`income\` could not be run: metric regression, data schema, data drift
    - [x] issue labels; linked issue: #&#8203;12"
  `);
});
