import { expect, it } from "vitest";
import { describePolicy } from "../../src/commands/describe-policy.ts";
import { parsePolicy, policyPath } from "../../src/policy/parse-policy.ts";
import { loadChecks } from "../../src/verdict/discover-checks.ts";

const checks = await loadChecks();

it("says each value, and which of them are defaults", () => {
  const written = {
    version: 1,
    models: [
      {
        id: "income",
        experiment: "income.yml",
        metrics: { roc_auc: { tolerance: 0.005, min: 0.85 }, recall: {} },
        slices: ["sex"],
        drift: { exclude: ["fnlwgt"], thresholds: { numeric: 0.3 } },
      },
    ],
    checks: { "data-drift": { level: "block", waivable: false }, "linked-issue": { minimum: 2 } },
    waivers: { max_days: 30 },
  };
  const policy = parsePolicy(JSON.stringify(written), policyPath, checks);
  const said = policy.ok ? describePolicy(policy.value, "main") : [];
  expect(said).toHaveLength(4 + checks.size);
  expect(said.slice(0, 2)).toEqual([
    "The policy of `main`, version 1",
    "Model `income` of `income.yml`: recall.tolerance `0` (default), roc_auc.tolerance `0.005`, roc_auc.min `0.85`, " +
      'slices `["sex"]`, level `0.95` (default), drift.exclude `["fnlwgt"]`, drift.share `0.25` (default), drift.level `0.05` (default), ' +
      "drift.minimum_rows `50` (default), drift.thresholds.numeric `0.3`, drift.thresholds.categorical `0.1` (default)",
  ]);
  expect(said).toContain('`data-drift`: level `"block"`, scope `"column"` (default), waivable `false`');
  expect(said).toContain('`linked-issue`: level `"warn"` (default), minimum `2`, allow_closed `true` (default)');
  expect(said.at(-1)).toBe("Others: exempt.bots `[]` (default), issues.repositories `[]` (default)");
  expect(said.at(-2)).toBe(
    'Waivers: by `["maintainers"]` (default), never_author `true` (default), max_days `30`, by_tick `true` (default)',
  );
});
