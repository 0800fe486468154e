import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { GitRepository } from "../support/git-repository.ts";
import { incomeCsv, incomeExperiment } from "../support/incomes.ts";
import { modelsync } from "./run-command.ts";

const policy = (...more: string[]) =>
  [
    "version: 2",
    "models:",
    "  - id: income",
    "    experiment: income.yml",
    ...more.map((line) => `    ${line}`),
    "",
  ].join("\n");
const gate = "metrics: { accuracy: { tolerance: 0.01 } }";
const quantity = `  - id: amount
    experiment: amount.yml
    metrics: { r2: { tolerance: 0.01 } }
`;

let git: GitRepository;
beforeAll(() => {
  git = new GitRepository();
  git.commit({
    ".github/modelsync.yml": policy(gate, "slices: [sex]", "drift: { exclude: [hours] }"),
    "income.yml": incomeExperiment(),
    "amount.yml": "data: data/*.csv\ntarget: income\nmodel: { type: gradient-boosting }\n",
    "data/income.csv": incomeCsv(),
  });
  const branch = (name: string, files: Parameters<GitRepository["commit"]>[0]) => {
    git.checkout("main");
    git.branch(name);
    git.commit(files);
  };
  branch("names", {
    ".github/modelsync.yml": policy(gate, "slices: [nope_slice]", "drift: { exclude: [huors] }") + quantity,
    "income.yml": incomeExperiment('key: nope_key\npositive: "nope_class"\nexclude: [nope_exclude]'),
  });
  branch("both", {
    ".github/modelsync.yml": policy(gate, "slices: [nope_slice]", "slicez: [sex]"),
    "income.yml": incomeExperiment("exlude: [hours]\ntime: nope_time"),
  });
  branch("ungated", { ".github/modelsync.yml": policy() });
  branch("harmless", { "income.yml": incomeExperiment("exclude: [nope_exclude]") });
  git.checkout("main");
});
afterAll(() => git[Symbol.dispose]());

const validate = (revision?: string) =>
  modelsync(git.folder, ["validate", ...(revision === undefined ? [] : ["--revision", revision])]);
/** The first line of each problem. */
const told = ({ status, stdout, stderr }: ReturnType<typeof validate>) => [
  status,
  stdout,
  ...stderr.split("\n").filter((line) => line !== "" && !line.startsWith(" ")),
];

it("tells where nothing is gated", () => {
  expect(validate("ungated")).toEqual({
    status: 0,
    stdout: `.github/modelsync.yml: 1 model
income.yml: model income, data data/income.csv; nothing is gated: name a metric under metrics
`,
    stderr: "",
  });
});

it("looks names up in the data, and what a metric needs", () => {
  expect(told(validate("names"))).toEqual([
    2,
    "",
    "data/income.csv (key): The data has no column nope_key. [configuration/key-absent]",
    "data/income.csv: The positive class does not occur in the target. [configuration/positive-absent]",
    ".github/modelsync.yml (models.income.slices): The data of income has no column of this name to cut slices by. [configuration/slice-column-absent]",
    ".github/modelsync.yml (models.income.drift.exclude): The data of income has no column of this name that may drift. [configuration/drift-column-absent]",
    ".github/modelsync.yml (models.amount.metrics.r2): r2 is not defined for classes, which amount predicts. [configuration/metric-of-another-task]",
  ]);
});

it("tells the mistakes of policy, experiment and data at once", () => {
  expect(told(validate("both"))).toEqual([
    2,
    "",
    ".github/modelsync.yml:7:5 (models[0].slicez): There is no key slicez here. [configuration/unknown-key]",
    "income.yml:4:1 (exlude): There is no key exlude here. [configuration/unknown-key]",
    "data/income.csv (time): The data has no column nope_time. [configuration/time-absent]",
    ".github/modelsync.yml (models.income.slices): The data of income has no column of this name to cut slices by. [configuration/slice-column-absent]",
  ]);
});

it("mentions what does no harm", () => {
  expect(told(validate("harmless"))).toEqual([
    0,
    ".github/modelsync.yml: 1 model\nincome.yml: model income, data data/income.csv\n",
    "data/income.csv (exclude): The data has no column nope_exclude. [configuration/excluded-column-absent]",
  ]);
});

it("says when the working tree is newer than what it read", () => {
  writeFileSync(join(git.folder, "income.yml"), "target: other\n");
  writeFileSync(join(git.folder, "readme.txt"), "of no interest\n");
  const read = ".github/modelsync.yml: 1 model\nincome.yml: model income, data data/income.csv\n";
  expect(validate()).toEqual({
    status: 0,
    stdout: read,
    stderr: "The working tree is newer than what was read: income.yml. Only what is committed is read.\n",
  });
  expect(validate("both").stderr).not.toContain("working tree");
  git.git("checkout", "-q", "income.yml");
  rmSync(join(git.folder, "readme.txt"));
  expect(validate()).toEqual({ status: 0, stdout: read, stderr: "" });
});
