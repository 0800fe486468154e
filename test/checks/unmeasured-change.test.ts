import { expect, it } from "vitest";
import check from "../../src/checks/unmeasured-change.ts";
import type { ChangedFile, Facts } from "../../src/facts/facts.ts";
import {
  absent,
  aFacts,
  aModelPolicy,
  aModelReview,
  aPolicy,
  aProblem,
  aRun,
  baseCommit,
  headCommit,
  ran,
  withProblems,
} from "../support/facts.ts";

const defaults = check.options.parse({});

function changed(...paths: string[]): Facts["changedFiles"] {
  const file = (path: string): ChangedFile => ({ path, status: "modified", additions: 1, deletions: 1 });
  return { known: true, value: paths.map(file) };
}

function run(facts: Partial<Facts>, options: Partial<typeof defaults> = {}) {
  return check.run(aFacts(facts), { ...defaults, ...options });
}

it("names a file and says what to do", () => {
  expect(run({ changedFiles: changed("train.py") })).toEqual({
    answer: "fail",
    summary: "1 changed file that no model of the policy reads",
    findings: [
      {
        check: "unmeasured-change",
        fingerprint: expect.any(String),
        title: "train.py changed, and no model of the policy reads it",
        evidence: { kind: "code", reason: null },
        remedy:
          "Say in the pull request what it does to the model, or list what can't change one under ignore of unmeasured-change in the policy.",
        path: "train.py",
      },
    ],
  });
});

const nothing = { comparison: null, schema: null, drift: null, changed: null };
const { lineage } = aRun();
const parts = ran(headCommit, { lineage: { ...lineage, dataPaths: ["data/parts/*.csv", "data/labels.csv"] } });
const pinned = aModelPolicy({ drift: { ...aModelPolicy().drift, reference: "data/pinned.csv" } });
const removed = aModelReview({ head: absent(headCommit), ...nothing });
const broken = aModelReview({ head: withProblems(headCommit, aProblem()), ...nothing });
const failed = { known: false, why: "failed", detail: "too many" } as const;
const locally = { known: false, why: "needs-github", detail: "" } as const;

it.each<[what: string, facts: Partial<Facts>, answer: string, summary: string, paths: (string | undefined)[]]>([
  ["nothing", {}, "not-applicable", "unmeasured changes: none", []],
  ["a README", { changedFiles: changed("README.md") }, "not-applicable", "unmeasured changes: none", []],
  [
    "no models",
    { changedFiles: changed("train.py"), policy: aPolicy({ models: [] }) },
    "not-applicable",
    "unmeasured changes: the policy names no model",
    [],
  ],
  [
    "what the model reads, and the policy",
    { changedFiles: changed("models/income/experiment.yml", "data/adult.csv", ".github/modelsync.yml") },
    "pass",
    "every changed file was measured",
    [],
  ],
  [
    "patterns and labels",
    { changedFiles: changed("data/parts/3.csv", "data/labels.csv"), models: [aModelReview({ head: parts })] },
    "pass",
    "every changed file was measured",
    [],
  ],
  [
    "a pinned reference",
    { changedFiles: changed("data/pinned.csv"), policy: aPolicy({ models: [pinned] }) },
    "pass",
    "every changed file was measured",
    [],
  ],
  [
    "a removed model",
    { changedFiles: changed("models/income/experiment.yml", "data/adult.csv"), models: [removed] },
    "pass",
    "every changed file was measured",
    [],
  ],
  [
    "code first, then parameters, metrics, models and the rest",
    { changedFiles: changed("a.csv", "metrics.json", "m.pkl", "train.py", "README.md", "params.yaml", "Dockerfile") },
    "fail",
    "6 changed files that no model of the policy reads",
    ["Dockerfile", "train.py", "params.yaml", "metrics.json", "m.pkl", "a.csv"],
  ],
  [
    "what may be data of a model that could not be run",
    { changedFiles: changed("data/new.csv"), models: [broken] },
    "cannot-tell",
    "whether 1 changed file is measured is not known",
    ["data/new.csv"],
  ],
  [
    "code beside a model that could not be run",
    { changedFiles: changed("data/new.csv", "train.py"), models: [broken] },
    "fail",
    "2 changed files that no model of the policy reads",
    ["train.py", "data/new.csv"],
  ],
  ["an unreadable list", { changedFiles: failed }, "cannot-tell", "the changed files could not be read", [undefined]],
  ["no list", { changedFiles: locally }, "not-applicable", "the changed files: only known on GitHub", []],
  [
    "a file whose name begins like the data",
    { changedFiles: changed("data/adult.csv.py"), models: [aModelReview({ base: ran(baseCommit) })] },
    "fail",
    "1 changed file that no model of the policy reads",
    ["data/adult.csv.py"],
  ],
])("%s", (_, facts, answer, summary, paths) => {
  const result = run(facts);
  expect([result.answer, result.summary, result.findings.map(({ path }) => path)]).toEqual([answer, summary, paths]);
});

it("says nothing about what the policy ignores", () => {
  const changedFiles = changed("tests/deep/test_train.py", "tests/a.py", "train.py");
  expect(run({ changedFiles }, { ignore: ["tests/**"] }).findings.map(({ path }) => path)).toEqual(["train.py"]);
});

it("marks as unclear only what may be data", () => {
  const { findings } = run({ changedFiles: changed("data/new.csv", "train.py"), models: [broken] });
  expect(findings.map(({ title, unclear }) => [title, unclear])).toEqual([
    ["train.py changed, and no model of the policy reads it", undefined],
    ["data/new.csv changed, and may be data of income", true],
  ]);
});

it("counts what is beyond the first fifty", () => {
  const changedFiles = changed(...Array.from({ length: 61 }, (_, at) => `src/${at + 100}.py`));
  const { findings } = run({ changedFiles });
  expect([findings.length, findings.at(-1)?.title]).toEqual([
    51,
    "11 further files changed that no model of the policy reads",
  ]);
});
