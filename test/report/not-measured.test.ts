import { describe, expect, it } from "vitest";
import type { Facts } from "../../src/facts/facts.ts";
import type { Level } from "../../src/policy/policy.ts";
import { renderReport } from "../../src/report/render-report.ts";
import { loadChecks } from "../../src/verdict/discover-checks.ts";
import { judge } from "../../src/verdict/judge.ts";
import { aComparison, aFacts, aMetric, aModelPolicy, aModelReview, aPolicy } from "../support/facts.ts";

const all = await loadChecks();
const checks = new Map(["metric-regression", "unmeasured-change"].map((id) => [id, all.get(id)!]));

const still = { changed: { data: false, experiment: false } };
const equal = aMetric({ head: 0.9091, difference: 0, interval: { low: 0, high: 0, level: 0.95 } });
const quiet = aModelReview({ ...still, comparison: aComparison({ metrics: [equal] }) });

function comment(paths: string[], different: Partial<Facts> = {}): string {
  const files = paths.map((path) => ({ path, status: "modified" as const, additions: 1, deletions: 1 }));
  const facts = aFacts({ changedFiles: { known: true, value: files }, models: [quiet], ...different });
  return renderReport(judge(checks, facts), facts).comment;
}

const visible = (text: string) => text.slice(0, text.indexOf("<details>")).trimEnd();
const section = (text: string, name: string) =>
  text
    .split(/^#### /m)
    .find((part) => part.startsWith(name))
    ?.trim();

function policyOf(level: Level, ids = ["income"]) {
  const options = { ignore: [] };
  return aPolicy({
    models: ids.map((id) => aModelPolicy({ id })),
    checks: { "unmeasured-change": { level, options } },
  });
}

describe("a change of which nothing was measured", () => {
  it("is one line and one fold without zeros", () => {
    const text = comment(["README.md"]);
    expect([visible(text), section(text, "Checks"), section(text, "All metrics"), section(text, "Drift")]).toEqual([
      "### ✓ ModelSync: nothing measured changed",
      "Checks\n\n- [x] metrics not changed: income\n- not applicable: unmeasured changes: none",
      "All metrics\n\n| | metric | base | head | change, 95 % interval | |\n|---|---|---:|---:|---|---|\n" +
        "| – | Accuracy | 0.8512 | 0.8512 | – | not changed |\n" +
        "| – | Recall | 0.6120 | 0.6120 | – | not changed |\n" +
        "| – | ROC AUC | 0.9091 | 0.9091 | – | not changed |",
      undefined,
    ]);
  });

  it("names what could change a model, and lists it in the fold", () => {
    const text = comment(["README.md", "src/a.py", "metrics.json", "train.py", "params.yaml"]);
    expect([visible(text), section(text, "Checks")?.split("\n").slice(2, 4)]).toEqual([
      "### ✓ ModelSync: nothing measured changed, with 1 warning: unmeasured changes\n" +
        "Not measured: `src/a.py`, `train.py`, `params.yaml` and 1 more.",
      [
        "- [ ] **Unmeasured changes** (warning): 4 changed files that no model of the policy reads",
        "  - `src/a.py` changed, and no model of the policy reads it. Say in the pull request what it does to the model, or list what can't change one under ignore of unmeasured-change in the policy.",
      ],
    ]);
  });

  it("is told with the models that are quiet, and counts what is beyond the list", () => {
    const policy = policyOf("warn", ["income", "churn"]);
    const paths = Array.from({ length: 61 }, (_, at) => `src/${at + 100}.py`);
    expect(visible(comment(paths, { policy, models: [quiet, { ...quiet, model: "churn" }] }))).toBe(
      "### ✓ ModelSync: nothing measured changed, with 1 warning: unmeasured changes\n" +
        "Not measured: `src/100.py`, `src/101.py`, `src/102.py` and 58 more.",
    );
  });

  it("blocks where the policy says so, and is then told at length", () => {
    expect(
      visible(comment(["train.py"], { policy: policyOf("block") }))
        .split("\n")
        .slice(0, 2),
    ).toEqual([
      "### ✗ ModelSync: 1 check needs attention: unmeasured changes",
      "Compared `c91e7d0` with `8f3c2a1` (main) on the same 8,140 hold-out rows. Not measured: `train.py`.",
    ]);
    expect(visible(comment(["train.py"], { policy: policyOf("block") }))).toContain("- [ ] **Unmeasured changes**: ");
  });

  it("says nothing where the check is off", () => {
    expect(visible(comment(["train.py"], { policy: policyOf("off") }))).toBe(
      "### ✓ ModelSync: nothing measured changed",
    );
  });
});

it("a change that was measured, beside one that was not", () => {
  const policy = policyOf("warn", ["income", "churn"]);
  const text = comment(["train.py"], { policy, models: [aModelReview(), { ...quiet, model: "churn" }] });
  expect([visible(text), section(text, "Checks")?.match(/no metric regression.*/)?.[0]]).toEqual([
    "### ✓ ModelSync: this change passes, with 1 warning: unmeasured changes\n" +
      "Compared `c91e7d0` with `8f3c2a1` (main). Not measured: `train.py`.\n\n" +
      "#### `income`\n\n| | metric | base | head | change, 95 % interval | |\n|---|---|---:|---:|---|---|\n" +
      "| ✓ | ROC AUC | 0.9091 | 0.9089 | −0.0002 (−0.0011 to 0.0007) | no detectable change; 0.0013 would have shown |\n\n" +
      "Changed: its experiment. No metric changed detectably.\n\nUnchanged: `churn`.",
    "no metric regression in income (not changed: churn)",
  ]);
});

it("a policy that is loosened where nothing measured changed", () => {
  const policyChange = { state: "removed" as const };
  expect(visible(comment([".github/modelsync.yml"], { policyChange })).split("\n")[0]).toBe(
    "### ✓ ModelSync: nothing measured changed, but this change removes the policy",
  );
});

it("a limit that the model misses as it is", () => {
  const limited = aModelPolicy({ metrics: { roc_auc: { tolerance: 0.005, min: 0.95, max: null } } });
  expect(visible(comment(["README.md"], { policy: aPolicy({ models: [limited] }) }))).toContain(
    "| ! | ROC AUC | 0.9091 | 0.9091 | – | below the minimum 0.95 |",
  );
});
