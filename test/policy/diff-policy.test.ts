import { describe, expect, it } from "vitest";
import { diffPolicy } from "../../src/policy/diff-policy.ts";
import type { ModelPolicy, Policy } from "../../src/policy/policy.ts";
import { aModelPolicy, aPolicy } from "../support/facts.ts";

function model(before: Partial<ModelPolicy>, after: Partial<ModelPolicy>): string[] {
  return diffPolicy(aPolicy({ models: [aModelPolicy(before)] }), aPolicy({ models: [aModelPolicy(after)] }));
}

const gate = (tolerance: number, min: number | null = null, max: number | null = null) => ({
  metrics: { roc_auc: { tolerance, min, max } },
});
const drift = (different: Partial<ModelPolicy["drift"]>) => ({ drift: { ...aModelPolicy().drift, ...different } });

describe("a model's gates", () => {
  it.each<[before: Partial<ModelPolicy>, after: Partial<ModelPolicy>, sentences: string[]]>([
    [{}, {}, []],
    [gate(0.005), gate(0.05), ["roc_auc tolerance of income: 0.005 → 0.05 (looser)"]],
    [gate(0.05), gate(0), ["roc_auc tolerance of income: 0.05 → 0 (stricter)"]],
    [gate(0, 0.8), gate(0, 0.7), ["roc_auc minimum of income: 0.8 → 0.7 (looser)"]],
    [gate(0, 0.8), gate(0), ["roc_auc minimum of income: 0.8 → none (looser)"]],
    [gate(0), gate(0, 0.8), ["roc_auc minimum of income: none → 0.8 (stricter)"]],
    [gate(0, null, 0.8), gate(0, null, 0.9), ["roc_auc maximum of income: 0.8 → 0.9 (looser)"]],
    [gate(0, null, 0.8), gate(0), ["roc_auc maximum of income: 0.8 → none (looser)"]],
    [gate(0), { metrics: {} }, ["roc_auc of income is no longer gated (looser)"]],
    [{ metrics: {} }, gate(0), ["roc_auc of income is gated from now on (stricter)"]],
    [{}, { experiment: "b.yml" }, ["experiment of income: models/income/experiment.yml → b.yml"]],
    [{}, { slices: ["sex", "race"] }, ["slices of income: none → sex, race (stricter)"]],
    [{ slices: ["sex"] }, {}, ["slices of income: sex → none (looser)"]],
    [{ slices: ["sex"] }, { slices: ["race"] }, ["slices of income: sex → race (looser)"]],
    [drift({ exclude: ["age"] }), {}, ["columns of income that may drift: age → none (stricter)"]],
    [{}, { level: 0.99 }, ["confidence level of income: 0.95 → 0.99 (looser)"]],
    [{}, { holdoutReuseWarning: 50 }, []],
    [{}, { anchor: "v1" }, ["anchor of income: none → v1 (stricter)"]],
    [{ anchor: "v1" }, { anchor: "v2" }, ["anchor of income: v1 → v2 (looser)"]],
    [{ anchor: "v1" }, {}, ["anchor of income: v1 → none (looser)"]],
    [{}, drift({ current: "added" }), ["rows of income that drift looks at: all → added"]],
    [{}, drift({ reference: "old.csv" }), ["reference of drift of income: the base → old.csv"]],
    [{}, { holdoutReuseWarning: 80 }, ["uses of the hold-out of income before a warning: 50 → 80 (looser)"]],
    [{}, drift({ exclude: ["age"] }), ["columns of income that may drift: none → age (looser)"]],
    [{}, drift({ share: 0.9 }), ["drift share of income: 0.5 → 0.9 (looser)"]],
    [{}, drift({ level: 0.01 }), ["drift level of income: 0.05 → 0.01 (looser)"]],
    [{}, drift({ minimumRows: 10 }), ["minimum rows for drift of income: 100 → 10 (stricter)"]],
    [
      {},
      drift({ thresholds: { numeric: 0.2, categorical: 0.05 } }),
      [
        "drift threshold of income for numeric columns: 0.1 → 0.2 (looser)",
        "drift threshold of income for categorical columns: 0.1 → 0.05 (stricter)",
      ],
    ],
  ])("%j → %j", (before, after, sentences) => {
    expect(model(before, after)).toEqual(sentences);
  });
});

describe("the rest of the policy", () => {
  const check = (level: "block" | "warn" | "off", options: object) => ({
    checks: { "linked-issue": { level, options } },
  });
  const kinds = (...alsoBlock: string[]) => ({
    checks: { leak: { level: "warn" as const, options: {}, ...(alsoBlock.length > 0 && { alsoBlock }) } },
  });

  it.each<[before: Partial<Policy>, after: Partial<Policy>, sentences: string[]]>([
    [{}, { models: [] }, ["model income is no longer reviewed (looser)"]],
    [{ models: [] }, {}, ["model income is reviewed from now on (stricter)"]],
    [
      { models: [] },
      { models: [aModelPolicy({ metrics: {} })] },
      ["model income is reviewed from now on, with nothing gated (stricter)"],
    ],
    [check("block", {}), check("warn", {}), ["level of linked-issue: block → warn (looser)"]],
    [check("off", {}), check("warn", {}), ["level of linked-issue: off → warn (stricter)"]],
    [{}, { version: 2 }, ["version of the policy: 1 → 2"]],
    [kinds(), kinds("copy"), ["what of leak blocks also where it warns: none → copy (stricter)"]],
    [kinds("copy"), kinds(), ["what of leak blocks also where it warns: copy → none (looser)"]],
    [
      check("warn", { minimum: 1, any: [] }),
      check("warn", { minimum: 2, any: ["a"] }),
      ["minimum of linked-issue: 1 → 2", "any of linked-issue: none → a"],
    ],
    [{}, { exempt: { bots: ["dependabot"] } }, ["exempt bots: none → dependabot (looser)"]],
    [
      {},
      { waivers: { by: ["maintainers", "writers"], neverAuthor: false, maxDays: 30, byTick: true } },
      [
        "who may waive: maintainers → maintainers, writers (looser)",
        "authors may waive on their own pull requests: no → yes (looser)",
        "days that a waiver may hold: 90 → 30 (stricter)",
      ],
    ],
    [
      {},
      { issues: { repositories: ["acme/tracker"] } },
      ["repositories whose issues count: none → acme/tracker (looser)"],
    ],
  ])("%j → %j", (before, after, sentences) => {
    expect(diffPolicy(aPolicy(before), aPolicy(after))).toEqual(sentences);
  });
});
