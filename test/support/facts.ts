import type { Comparison, MetricComparison } from "../../pipeline/compare/comparison.ts";
import type { ColumnDrift, DriftReport } from "../../pipeline/drift/drift-report.ts";
import type { SchemaDiff } from "../../pipeline/match/schema-diff.ts";
import type { Problem } from "../../pipeline/problem.ts";
import type { ModelReview, Side } from "../../pipeline/review/model-review.ts";
import type { RunSummary } from "../../pipeline/run.ts";
import type { Facts, LinkedIssue, PullRequest } from "../../src/facts/facts.ts";
import type { ModelPolicy, Policy } from "../../src/policy/policy.ts";

/** Commits of the default facts. */
export const baseCommit = "8f3c2a1".padEnd(40, "0");
export const headCommit = "c91e7d0".padEnd(40, "0");
export const tipCommit = "5d41402".padEnd(40, "0");

/** A pull request of one model that changes nothing, with one thing different. */
export function aFacts(different: Partial<Facts> = {}): Facts {
  return {
    door: "github",
    repository: {
      id: 1,
      owner: "acme",
      name: "ml",
      private: false,
      defaultBranch: "main",
      url: "https://github.com/acme/ml",
    },
    pullRequest: aPullRequest(),
    linkedIssues: { known: true, value: [] },
    changedFiles: { known: true, value: [] },
    policy: aPolicy(),
    policyChange: { state: "unchanged" },
    models: [aModelReview()],
    now: "2026-01-02T03:04:05Z",
    ...different,
  };
}

export function aPullRequest(different: Partial<PullRequest> = {}): PullRequest {
  return {
    number: 7,
    title: "Try other columns",
    body: "",
    url: "https://github.com/acme/ml/pull/7",
    draft: false,
    author: { login: "ada", bot: false, id: 11 },
    labels: { known: true, value: [] },
    base: { ref: "main", sha: tipCommit },
    head: { ref: "try", sha: headCommit, repository: "acme/ml" },
    mergeBase: baseCommit,
    fork: false,
    ...different,
  };
}

export function aPolicy(different: Partial<Policy> = {}): Policy {
  return {
    version: 1,
    models: [aModelPolicy()],
    checks: {},
    exempt: { bots: [] },
    waivers: { by: ["maintainers"], neverAuthor: true, maxDays: 90, byTick: true },
    issues: { repositories: [] },
    ...different,
  };
}

export function aModelPolicy(different: Partial<ModelPolicy> = {}): ModelPolicy {
  return {
    id: "income",
    experiment: "models/income/experiment.yml",
    metrics: { roc_auc: { tolerance: 0.005, min: null, max: null } },
    slices: [],
    drift: {
      exclude: [],
      share: 0.5,
      level: 0.05,
      minimumRows: 100,
      thresholds: { numeric: 0.1, categorical: 0.1 },
    },
    level: 0.95,
    ...different,
  };
}

/** An issue of the same repository with a label. */
export function anIssue(number: number, different: Partial<NonNullable<LinkedIssue["issue"]>> = {}): LinkedIssue {
  const url = `https://github.com/acme/ml/issues/${number}`;
  const issue = { title: "Better ranking", body: "", state: "open" as const, labels: ["model"], url, ...different };
  return { owner: "acme", repo: "ml", number, issue, source: "github" };
}

export function issues(...value: LinkedIssue[]): Facts["linkedIssues"] {
  return { known: true, value };
}

/** A model whose two sides ran and gave the same result. */
export function aModelReview(different: Partial<ModelReview> = {}): ModelReview {
  return {
    model: "income",
    experimentPath: "models/income/experiment.yml",
    base: ran(baseCommit),
    head: ran(headCommit),
    changed: { data: false, experiment: true },
    comparison: aComparison(),
    schema: aSchemaDiff(),
    drift: aDriftReport(),
    integrity: { compared: true, entries: [], omitted: {} },
    ...different,
  };
}

export function ran(commit: string, run: Partial<RunSummary> = {}, cached = false): Side {
  return { state: "ran", commit, run: aRun(run), cached };
}

export function absent(commit: string): Side {
  return { state: "absent", commit };
}

export function withProblems(commit: string, ...problems: Problem[]): Side {
  return { state: "problems", commit, problems };
}

export function aProblem(different: Partial<Problem> = {}): Problem {
  return {
    code: "target-absent",
    where: { path: "models/income/experiment.yml", line: 2, column: 9, key: "target" },
    message: "The data has no column incom.",
    written: "incom",
    allowed: "age, sex, income",
    remedy: "Did you mean income?",
    ...different,
  };
}

export function aRun(different: Partial<RunSummary> = {}): RunSummary {
  return {
    key: "f".repeat(64),
    task: "binary",
    target: "income",
    classes: ["<=50K", ">50K"],
    positive: ">50K",
    rows: { total: 32_561, train: 24_421, holdout: 8140, dropped: 0 },
    features: [
      { name: "age", type: "numeric" },
      { name: "sex", type: "categorical" },
    ],
    metrics: { accuracy: { value: 0.8512 }, recall: { value: 0.612 }, roc_auc: { value: 0.9091 } },
    confusion: [
      [5800, 380],
      [760, 1200],
    ],
    profile: {
      rows: 32_561,
      columns: [
        {
          name: "age",
          type: "numeric",
          missing: 0,
          summary: { min: 17, q25: 28, median: 37, q75: 48, max: 90, mean: 38.58, sd: 13.64 },
          distinct: 73,
        },
        {
          name: "sex",
          type: "categorical",
          missing: 12,
          distinct: 2,
          top: [
            { value: "Male", count: 21_790 },
            { value: "Female", count: 10_759 },
          ],
        },
      ],
      format: { delimiter: ",", encoding: "utf-8", lineEnding: "lf", bom: false },
    },
    lineage: {
      engine: "1",
      dataPath: "data/adult.csv",
      dataBlob: "d".repeat(40),
      experimentDigest: "e".repeat(64),
      modelDigest: "a".repeat(64),
      seed: 42,
      estimator: "logistic-regression",
      fit: { iterations: 31, converged: true, objective: 0.32 },
      timings: { read: 12, fit: 345 },
    },
    notes: [],
    ...different,
  };
}

export function aComparison(different: Partial<Comparison> = {}): Comparison {
  return {
    status: "compared",
    reasons: [],
    holdout: { base: 8140, head: 8140, common: 8140 },
    level: 0.95,
    metrics: [aMetric()],
    slices: [],
    ...different,
  };
}

/** ROC AUC, gated, with nothing to see. */
export function aMetric(different: Partial<MetricComparison> = {}): MetricComparison {
  return {
    metric: "roc_auc",
    title: "ROC AUC",
    direction: "higher",
    base: 0.9091,
    head: 0.9089,
    difference: -0.0002,
    interval: { low: -0.0011, high: 0.0007, level: 0.95 },
    test: "DeLong",
    p: 0.6,
    adjustedP: 0.6,
    tolerance: 0.005,
    gated: true,
    smallestDetectable: 0.0013,
    verdict: "no-detectable-change",
    reason: null,
    ...different,
  };
}

export function aRegression(different: Partial<MetricComparison> = {}): MetricComparison {
  return aMetric({
    head: 0.8874,
    difference: -0.0217,
    interval: { low: -0.0251, high: -0.0184, level: 0.95 },
    p: 0,
    adjustedP: 0,
    verdict: "regressed",
    ...different,
  });
}

export function aSchemaDiff(different: Partial<SchemaDiff> = {}): SchemaDiff {
  return {
    added: [],
    removed: [],
    renamed: [],
    retyped: [],
    target: { added: [], removed: [] },
    rows: { base: 32_561, head: 32_561, added: 0, removed: 0, common: 32_561 },
    ...different,
  };
}

export function aDriftReport(different: Partial<DriftReport> = {}): DriftReport {
  return {
    answer: "stable",
    rule: "0 of 2 columns drifted; from 50 % on the data set counts as drifted.",
    columns: [aColumnDrift(), aColumnDrift({ column: "sex", type: "categorical", statistic: "jensen-shannon" })],
    ...different,
  };
}

export function aColumnDrift(different: Partial<ColumnDrift> = {}): ColumnDrift {
  return {
    column: "age",
    type: "numeric",
    role: "feature",
    answer: "stable",
    statistic: "wasserstein",
    effect: 0.0123,
    threshold: 0.1,
    test: "ks",
    p: 0.41,
    q: 0.82,
    statistics: { ks: 0.01, wasserstein: 0.0123 },
    rows: { base: 32_561, head: 32_561 },
    missing: { base: 0, head: 0 },
    description: "mean 38.58 → 38.61",
    ...different,
  };
}
