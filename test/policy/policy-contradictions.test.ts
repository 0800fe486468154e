import { describe, expect, it } from "vitest";
import { parsePolicy } from "../../src/policy/parse-policy.ts";
import { loadChecks } from "../../src/verdict/discover-checks.ts";

const checks = await loadChecks();
const model = "version: 1\nmodels:\n  - id: income\n    experiment: ./models/income/experiment.yml\n";

describe("limits", () => {
  const found = (metrics: string) => {
    const outcome = parsePolicy(`${model}    metrics: { ${metrics} }`, "modelsync.yml", checks);
    return outcome.ok ? [] : outcome.problems.map(({ message, allowed }) => [message, allowed]);
  };

  it.each([
    "roc_auc: { tolerance: 1, min: 0, max: 1 }",
    "matthews_corrcoef: { tolerance: 2, min: -1 }",
    "brier_score: { max: 2 }",
    "log_loss: { tolerance: 0.05, max: 2 }",
    "root_mean_squared_error: { tolerance: 5, max: 60 }",
    "r2: { tolerance: 0.05, min: -1 }",
  ])("may be %s", (metrics) => {
    expect(found(metrics)).toEqual([]);
  });

  it("tell which values a metric can have", () => {
    expect(found("roc_auc: { tolerance: 1.1, max: -0.1 }, log_loss: { max: -1 }, r2: { min: 1.5 }")).toEqual([
      ["No worsening of roc_auc can be larger than 1, so this tolerance allows every one.", "a number from 0 to 1"],
      ["No value of roc_auc can be as low as this limit.", "a number from 0 to 1"],
      ["No value of log_loss can be as low as this limit.", "a number, at least 0"],
      ["No value of r2 can be as high as this limit.", "a number, at most 1"],
    ]);
  });
});
