import { describe, expect, it } from "vitest";
import { defaultDriftOptions } from "../../pipeline/drift/default-drift-options.ts";
import { parsePolicy } from "../../src/policy/parse-policy.ts";
import type { Policy } from "../../src/policy/policy.ts";
import { loadChecks } from "../../src/verdict/discover-checks.ts";

/** Defaults are compared whole, so a check that is added elsewhere must not change them. */
const known = new Set([
  "acceptance-criteria",
  "data-drift",
  "data-leakage",
  "data-schema",
  "issue-labels",
  "linked-issue",
  "metric-regression",
  "metric-threshold",
  "pr-checklist",
]);
const all = await loadChecks();
const checks = new Map([...all].filter(([id]) => known.has(id)));
const parse = (text: string) => parsePolicy(text, "modelsync.yml", checks);

function problems(text: string) {
  const outcome = parse(text);
  if (outcome.ok) throw new Error("the policy has no problem");
  return outcome.problems.map(({ code, where, written, remedy }) => [
    code,
    `${where.line ?? ""}:${where.column ?? ""} ${where.key ?? ""}`,
    written,
    remedy,
  ]);
}

const model = "version: 1\nmodels:\n  - id: income\n    experiment: ./models/income/experiment.yml\n";

it("fills in every default", () => {
  expect(parse(model)).toEqual({
    ok: true,
    notes: [],
    value: {
      version: 1,
      models: [
        {
          id: "income",
          experiment: "models/income/experiment.yml",
          metrics: {},
          slices: [],
          drift: defaultDriftOptions,
          level: 0.95,
        },
      ],
      checks: {
        "acceptance-criteria": { level: "warn", options: { outside_section: "count", require: false } },
        "data-drift": { level: "warn", options: { scope: "column" } },
        "data-leakage": {
          level: "warn",
          options: { predictive: 0.99, near_perfect: 0.95, overlap: 0.05, period: 0.05, ignore: [] },
        },
        "data-schema": { level: "block", options: { allow: ["added"] } },
        "issue-labels": { level: "warn", options: { minimum: 1, any_of: [], all_of: [], none_of: [] } },
        "linked-issue": { level: "warn", options: { minimum: 1, allow_closed: true } },
        "metric-regression": { level: "block", options: { underpowered: "pass", broken_base: "cannot-tell" } },
        "metric-threshold": { level: "block", options: {} },
        "pr-checklist": { level: "warn", options: { require: [] } },
      },
      exempt: { bots: [] },
      waivers: { by: ["maintainers"], neverAuthor: true, maxDays: 90, byTick: true },
      issues: { repositories: [] },
      defaults: [
        "models.0.slices",
        "models.0.level",
        ...["exclude", "share", "level", "minimum_rows"].map((key) => `models.0.drift.${key}`),
        "models.0.drift.thresholds.numeric",
        "models.0.drift.thresholds.categorical",
        "checks.acceptance-criteria.level",
        "checks.acceptance-criteria.outside_section",
        "checks.acceptance-criteria.require",
        "checks.data-drift.level",
        "checks.data-drift.scope",
        ...["level", "predictive", "near_perfect", "overlap", "period", "ignore"].map(
          (key) => `checks.data-leakage.${key}`,
        ),
        "checks.data-schema.level",
        "checks.data-schema.allow",
        "checks.issue-labels.level",
        "checks.issue-labels.minimum",
        "checks.issue-labels.any_of",
        "checks.issue-labels.all_of",
        "checks.issue-labels.none_of",
        "checks.linked-issue.level",
        "checks.linked-issue.minimum",
        "checks.linked-issue.allow_closed",
        "checks.metric-regression.level",
        "checks.metric-regression.underpowered",
        "checks.metric-regression.broken_base",
        "checks.metric-threshold.level",
        "checks.pr-checklist.level",
        "checks.pr-checklist.require",
        "waivers.by",
        "waivers.never_author",
        "waivers.max_days",
        "waivers.by_tick",
        "exempt.bots",
        "issues.repositories",
      ],
    },
  });
});

it("takes everything that can be written", () => {
  const text = `version: 1
models:
  - id: income
    experiment: a.yml
    metrics:
      roc_auc: { tolerance: 0.005 }
      recall: { min: 0.5, max: 0.9 }
    slices: [sex]
    drift: { exclude: [fnlwgt], share: 0.2, level: 0.01, minimum_rows: 30, thresholds: { numeric: 0.2, categorical: 0.3 }, current: added, reference: ./data/accepted.csv }
    level: 0.99
    holdout_reuse_warning: 20
checks:
  linked-issue: { level: block, minimum: 2 }
  data-drift: { level: off }
exempt: { bots: [dependabot] }
waivers: { by: [writers, "@acme/data", CODEOWNERS], never_author: false, max_days: 30 }
issues: { repositories: [acme/tracker] }
`;
  const outcome = parse(text);
  const { defaults, ...said } = outcome.ok ? outcome.value : ({} as Policy);
  expect(defaults).not.toContain("checks.linked-issue.level");
  expect(outcome.ok && { ...said, checks: said.checks["linked-issue"] }).toEqual({
    version: 1,
    models: [
      {
        id: "income",
        experiment: "a.yml",
        metrics: {
          roc_auc: { tolerance: 0.005, min: null, max: null },
          recall: { tolerance: 0, min: 0.5, max: 0.9 },
        },
        slices: ["sex"],
        drift: {
          exclude: ["fnlwgt"],
          share: 0.2,
          level: 0.01,
          minimumRows: 30,
          thresholds: { numeric: 0.2, categorical: 0.3 },
          current: "added",
          reference: "data/accepted.csv",
        },
        level: 0.99,
        holdoutReuseWarning: 20,
      },
    ],
    checks: { level: "block", options: { minimum: 2, allow_closed: true } },
    exempt: { bots: ["dependabot"] },
    waivers: { by: ["writers", "@acme/data", "CODEOWNERS"], neverAuthor: false, maxDays: 30, byTick: true },
    issues: { repositories: ["acme/tracker"] },
  });
});

describe("who may waive", () => {
  const words = 'maintainers, writers, CODEOWNERS, or a team as "@organization/team"';
  it.each<[written: string, message: string, allowed: string | undefined, remedy: string]>([
    ["maintainer", "Nobody is named by maintainer.", words, "Did you mean maintainers?"],
    ["codeowner", "Nobody is named by codeowner.", words, "Did you mean CODEOWNERS?"],
    ["acme/data", "Nobody is named by acme/data.", words, 'Did you mean "@acme/data"?'],
    ['"@ada"', "Nobody is named by @ada.", words, "Single people can't be named; name a team they are in."],
    [
      '"@acme/the data"',
      "Nobody is named by this value.",
      words,
      "Write the team as its address at GitHub ends: letters, digits and hyphens.",
    ],
    ["everybody", "Nobody is named by everybody.", words, `Write ${words}.`],
    [
      '"@other/data"',
      "@other/data is a team of another organization than this repository's.",
      "a team of Acme",
      'Write "@Acme/data" if that is the team that is meant.',
    ],
    [
      "@acme/data",
      "This is not valid YAML: Plain value cannot start with reserved character @.",
      undefined,
      "Put quotes around the value.",
    ],
  ])("can't be %s", (written, message, allowed, remedy) => {
    const text = `version: 1\nwaivers: { by: [${written}] }\n`;
    const outcome = parsePolicy(text, "modelsync.yml", checks, "Acme");
    const found = outcome.ok ? [] : outcome.problems;
    expect(found.map((one) => [one.message, one.allowed, one.remedy])).toEqual([[message, allowed, remedy]]);
  });

  it("may be a team of whoever owned the repository before, once that judges", () => {
    const outcome = parse('version: 1\nwaivers: { by: ["@other/data"] }\n');
    expect(outcome.ok && outcome.value.waivers.by).toEqual(["@other/data"]);
  });
});

describe("mistakes say where, what was written and what to do", () => {
  it.each<[what: string, text: string, expected: ReturnType<typeof problems>]>([
    [
      "no file content",
      "",
      [["empty-policy", "1:1 ", undefined, "Write `version: 2` and the models to review, or delete the file."]],
    ],
    [
      "not YAML",
      "version: [",
      [["not-yaml", "1:11 ", undefined, "Correct the file at this place; an editor with YAML support marks it."]],
    ],
    ["no version", "models: []", [["missing-key", "1:1 version", undefined, "Add version: 2."]]],
    ["another version", "version: 3", [["invalid-value", "1:1 version", "3", "Write 1, 2."]]],
    ["a version as text", 'version: "2"', [["invalid-value", "1:1 version", '"2"', "Write 1, 2."]]],
    ["no version in it", "version:", [["invalid-value", "1:1 version", "", "Write 1, 2."]]],
    [
      "unknown kind that is to block",
      "version: 2\nchecks:\n  data-leakage: { also_block: [copies] }",
      [
        [
          "invalid-value",
          "3:32 checks.data-leakage.also_block[0]",
          "copies",
          "Write target-copy, single-predictor, pair-predictor, linear-combination, near-perfect, holdout-in-training, date-overlap.",
        ],
      ],
    ],
    [
      "kinds of a check that has none",
      "version: 2\nchecks:\n  linked-issue: { also_block: [target-copy] }",
      [
        [
          "unknown-key",
          "3:19 checks.linked-issue.also_block",
          "also_block",
          "Remove the key, or use one of the allowed ones.",
        ],
      ],
    ],
    ["unknown key", "version: 1\nmodel: []", [["unknown-key", "2:1 model", "model", "Did you mean models?"]]],
    [
      "unknown check",
      "version: 1\nchecks:\n  linked-isue: {}",
      [["unknown-key", "3:3 checks.linked-isue", "linked-isue", "Did you mean linked-issue?"]],
    ],
    [
      "unknown option",
      "version: 1\nchecks:\n  linked-issue: { minimun: 2 }",
      [["unknown-key", "3:19 checks.linked-issue.minimun", "minimun", "Did you mean minimum?"]],
    ],
    [
      "unknown level",
      "version: 1\nchecks:\n  linked-issue: { level: error }",
      [["invalid-value", "3:19 checks.linked-issue.level", "error", "Write block, warn, off."]],
    ],
    [
      "unknown metric",
      `${model}    metrics: { roc_auk: {} }`,
      [["unknown-key", "5:16 models[0].metrics.roc_auk", "roc_auk", "Did you mean roc_auc?"]],
    ],
    [
      "negative tolerance",
      `${model}    metrics: { f1: { tolerance: -0.1 } }`,
      [["invalid-value", "5:22 models[0].metrics.f1.tolerance", "-0.1", "Write a number, at least 0."]],
    ],
    [
      "min over max",
      `${model}    metrics: { f1: { min: 0.9, max: 0.8 } }`,
      [["empty-range", "5:22 models[0].metrics.f1.min", "min 0.9, max 0.8", "Swap the two limits, or remove one."]],
    ],
    [
      "limits in percent",
      `${model}    metrics: { roc_auc: { tolerance: 5, min: 60 }, log_loss: { min: -1 }, r2: { max: 2 } }`,
      [
        [
          "unreachable-limit",
          "5:27 models[0].metrics.roc_auc.tolerance",
          "5",
          "Write the limit in the unit of roc_auc, not in percent, or remove it.",
        ],
        [
          "unreachable-limit",
          "5:41 models[0].metrics.roc_auc.min",
          "60",
          "Write the limit in the unit of roc_auc, not in percent, or remove it.",
        ],
        [
          "unreachable-limit",
          "5:64 models[0].metrics.log_loss.min",
          "-1",
          "Write the limit in the unit of log_loss, not in percent, or remove it.",
        ],
        [
          "unreachable-limit",
          "5:81 models[0].metrics.r2.max",
          "2",
          "Write the limit in the unit of r2, not in percent, or remove it.",
        ],
      ],
    ],
    [
      "same id in another case",
      `${model}  - { id: Income, experiment: b.yml }`,
      [["duplicate-model", "5:7 models[1].id", "Income", "Rename one of the two, or remove it."]],
    ],
    [
      "id with a space",
      "version: 1\nmodels: [{ id: 'a b', experiment: b.yml }]",
      [["bad-model-id", "2:12 models[0].id", "a b", "Rename the model, for example to income or churn-v2."]],
    ],
    [
      "an anchor that is an option",
      "version: 1\nmodels: [{ id: a, experiment: b.yml, anchor: --all }]",
      [["bad-anchor", "2:38 models[0].anchor", "--all", "Name a tag, a branch or a commit, for example v1.4."]],
    ],
    [
      "path out of the repository",
      "version: 1\nmodels: [{ id: a, experiment: ../b.yml }]",
      [
        [
          "bad-path",
          "2:19 models[0].experiment",
          "../b.yml",
          "Write the path relative to the repository root, with /, without .. and without a scheme.",
        ],
      ],
    ],
    [
      "pattern that can't be used",
      "version: 1\nchecks: { pr-checklist: { require: ['/(?=a)/'] } }",
      [
        [
          "bad-pattern",
          "2:37 checks.pr-checklist.require[0]",
          "/(?=a)/",
          "Correct the pattern. RE2 has no look-around and no back-references.",
        ],
      ],
    ],
    [
      "alias",
      "version: 1\nmodels: &a []\nchecks: *a",
      [["yaml-alias", "3:9 checks", undefined, "Write the value out in full."]],
    ],
  ])("%s", (_, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  it("all at once", () => {
    const text = `version: 3\nmodels:\n  - id: a\n    experiment: /etc/passwd\n    metrics: { f2: {} }\nchecks: { nothing: {} }\n`;
    expect(problems(text).map(([code]) => code)).toEqual(["invalid-value", "bad-path", "unknown-key", "unknown-key"]);
  });

  it("at most fifty", () => {
    const keys = Array.from({ length: 2000 }, (_, i) => `key${i}: 1`).join("\n");
    expect(problems(`version: 1\n${keys}`)).toHaveLength(50);
  });

  it("nothing that YAML can hold crashes or reaches a prototype", () => {
    for (const text of [
      "[]",
      "1",
      "null",
      "'x'",
      "version: 1\n__proto__: {}",
      "version: 1\nconstructor: {}",
      "version: 1\nmodels: {}",
      "version: 1\nmodels: [null]",
      "version: 1\nchecks: []",
    ]) {
      expect(parse(text).ok).toBe(false);
    }
    expect(parse(`version: 1\nmodels: [${"[".repeat(5000)}`).ok).toBe(false);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

it.each<[allowed: boolean, anchors: string[]]>([
  [true, ["v1.4", "release/2026", "8f3c2a1", "models-of-März", "a".repeat(200)]],
  [
    false,
    ["", "-v1", "/v1", "v1/", "v1.", "a..b", "a//b", "a b", "a^b", "v1~2", "a:b", "a?", "a*", "a[b", "a@{b", "a\\\\b"],
  ],
  [false, ["a\\tb", "a\\u007fb", "a".repeat(201)]],
])("anchors: %s for %j", (allowed, anchors) => {
  const isRead = (anchor: string) =>
    parse(`version: 1\nmodels: [{ id: a, experiment: b.yml, anchor: "${anchor}" }]`).ok === allowed;
  expect(anchors.filter((anchor) => !isRead(anchor))).toEqual([]);
});
