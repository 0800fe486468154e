import { describe, expect, it } from "vitest";
import { policyPath } from "../../src/policy/parse-policy.ts";
import type { Policy } from "../../src/policy/policy.ts";
import {
  absent,
  aColumnDrift,
  aComparison,
  aDriftReport,
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
import { checks, visible } from "../support/reported.ts";

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

      | | metric | base | head | change, 95 % interval | |
      |---|---|---:|---:|---|---|
      | ✓ | ROC AUC | 0.9091 | 0.9089 | −0.0002 (−0.0011 to 0.0007) | no detectable change; 0.0013 would have shown |

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
      | ✓ | Recall | 0.6120 | 0.6090 | −0.0030 (−0.0110 to 0.0050) | no detectable change; 0.0120 would have shown |

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
        - [ ] <!-- modelsync:waive 86bc144f8fb3740a c91e7d0000000000000000000000000000000000 --> waive it as it is
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
      | ✗ | ROC AUC | 0.9091 | 0.9089 | −0.0002 (−0.0011 to 0.0007) | no detectable change; 0.0013 would have shown; below the minimum 0.95: 0.9091 on all 8,140 hold-out rows of the head |

      Changed: its experiment.

      - [ ] **Metric limits**: ROC AUC of income is below the minimum: 0.9091, allowed is 0.95. Bring ROC AUC up to the limit, or change the limit in the policy first.
        - [ ] <!-- modelsync:waive ae3bcf632edeb97c c91e7d0000000000000000000000000000000000 --> waive it as it is
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

      Changed: its data. No metric changed detectably.

      | | drifted column | effect | threshold | what changed |
      |---|---|---:|---:|---|
      | ✗ | \`age\` | 0.3100 (wasserstein) | 0.1 | mean 38.6 → 45.1 |

      - [ ] **Data drift**: \`age\` of income: mean 38.6 → 45.1 (wasserstein 0.3100, threshold 0.1). See whether the change of age is wanted. If it may always change, exclude it under drift in the policy first.
        - [ ] <!-- modelsync:waive a73260f5a9537e91 c91e7d0000000000000000000000000000000000 --> waive it as it is
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

      Changed: its experiment. No metric changed detectably.

      - [ ] **Linked issue**: No issue is linked. Add a line such as “Closes #&#8203;123” to the description of the pull request.
        - [ ] <!-- modelsync:waive 899cba34db348b12 c91e7d0000000000000000000000000000000000 --> waive it as it is
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

      Changed: its experiment. No metric changed detectably.

      - [ ] **Acceptance criteria**: 3 of 4 criteria of #&#8203;12 not met
        - [ ] <!-- modelsync:waive 897898c7fdc71218 c91e7d0000000000000000000000000000000000 --> waive: \`roc_auc >= 0.95\` of #&#8203;12 measured **0.9091**: it must be &gt;= 0.95. Improve the model, or change the criterion in #&#8203;12.
        - \`recall[sex=Female] not worse\` of #&#8203;12: the hold-out has no measured slice sex = Female. Make it measurable, or change the criterion in #&#8203;12.
        - [ ] <!-- modelsync:waive a0f6c6ad2452c05c c91e7d0000000000000000000000000000000000 --> waive: \`changelog\` of #&#8203;12: not ticked. Do it and tick it in #&#8203;12, or strike it through there.
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
        - [ ] <!-- modelsync:waive b5601e4893e15dbe c91e7d0000000000000000000000000000000000 --> waive it as it is
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

      - \`models/income/experiment.yml:2\`: The data has no column incom. Written: \`incom\`. Allowed: age, sex, income. Did you mean income? (\`configuration/target-absent\`)
      - \`models/income/experiment.yml:1\`: The path contains .. and could leave the repository. Written: \`../data.csv\`. Allowed: a path relative to the repository root. Write the path relative to the repository root. (\`configuration/bad-path\`)

      - [ ] **Could not tell**, because \`income\` could not be run: metric regression, data schema, data drift
      - [x] issue labels; linked issue: #&#8203;12"
    `);
  });

  it("two sides that can't be compared", () => {
    const comparison = aComparison({
      status: "incomparable",
      reasons: ["The target changed from income to salary."],
      metrics: [
        aMetric({
          ...{ difference: null, interval: null, smallestDetectable: null, p: null, adjustedP: null, test: "none" },
          ...{ verdict: "incomparable", reason: "The target changed from income to salary." },
        }),
      ],
      holdout: { base: 8140, head: 8140, common: 0 },
    });
    expect(visible({ ...linked, models: [aModelReview({ comparison })] })).toMatchInlineSnapshot(`
      "### ! ModelSync: \`income\` could not be compared with the base
      Compared \`c91e7d0\` with \`8f3c2a1\` (main).

      | | metric | base | head | change, 95 % interval | |
      |---|---|---:|---:|---|---|
      | ! | ROC AUC | 0.9091 | 0.9089 | – | not comparable |

      The target changed from income to salary. Changed: its experiment.

      - [ ] **Metric regression** (could not tell): The metrics of income can't be compared with the base. Do what the note on income says, then push again.
      - [x] no drift in 2 columns; data schema unchanged; issue labels; linked issue: #&#8203;12"
    `);
  });

  it("a change of the policy", () => {
    const policyChange = { state: "changed" as const, preview: ["roc_auc tolerance of income: 0.005 → 0.05 (looser)"] };
    expect(visible({ ...linked, policyChange })).toMatchInlineSnapshot(`
      "### ✓ ModelSync: this change passes every check, but loosens the policy
      Compared \`c91e7d0\` with \`8f3c2a1\` (main) on the same 8,140 hold-out rows.

      ! This change loosens the policy. It is judged by the base's policy; once merged:

      - roc\\_auc tolerance of income: 0.005 → 0.05 (looser)

      | | metric | base | head | change, 95 % interval | |
      |---|---|---:|---:|---|---|
      | ✓ | ROC AUC | 0.9091 | 0.9089 | −0.0002 (−0.0011 to 0.0007) | no detectable change; 0.0013 would have shown |

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

      - \`.github/modelsync.yml:3\`: There is no key roc\\_auk here. Written: \`roc_auk\`. Allowed: accuracy, roc\\_auc. Did you mean roc\\_auc? (\`configuration/unknown-key\`)

      | | metric | base | head | change, 95 % interval | |
      |---|---|---:|---:|---|---|
      | ✓ | ROC AUC | 0.9091 | 0.9089 | −0.0002 (−0.0011 to 0.0007) | no detectable change; 0.0013 would have shown |

      Changed: its experiment. No metric changed detectably."
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
