import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reviewAnswerSchema, reviewJsonSchema, runAnswerSchema, runJsonSchema } from "../../scripts/answer-schemas.ts";
import { modelsync } from "../command-line/run-command.ts";
import { GitRepository } from "../support/git-repository.ts";
import { incomeCsv, incomeExperiment } from "../support/incomes.ts";

const policy = `version: 1
models:
  - { id: income, experiment: income.yml, slices: [sex], metrics: { roc_auc: { tolerance: 0.01 } } }
  - { id: lost, experiment: lost.yml }
`;

const committed = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../docs/${name}.schema.json`, import.meta.url), "utf8"));

const validator = (name: string) => {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
  addFormats.default(ajv);
  const validate = ajv.compile(committed(name));
  return (answer: unknown) => (validate(answer) ? [] : validate.errors!.map(({ instancePath }) => instancePath));
};

it.each([
  ["review", reviewJsonSchema],
  ["run", runJsonSchema],
])("docs/%s.schema.json is what scripts/generate-docs.ts writes", (name, schema) => {
  expect(committed(name)).toEqual(schema());
});

let git: GitRepository;
beforeAll(() => {
  git = new GitRepository();
  git.commit({
    ".github/modelsync.yml": policy,
    "income.yml": incomeExperiment("exclude: [absent]"),
    "lost.yml": "data: nowhere.csv\ntarget: income\n",
    "data/income.csv": incomeCsv(),
  });
  git.branch("other");
  git.commit({
    "income.yml": incomeExperiment("exclude: [hours]"),
    "data/income.csv": incomeCsv({ rows: 480 }),
  });
});
afterAll(() => git[Symbol.dispose]());

function answer(...args: string[]) {
  return JSON.parse(modelsync(git.folder, [...args, "--format", "json"]).stdout);
}

describe("the JSON of review", () => {
  it("keeps to the published schema, which names every field", () => {
    const printed = answer("review", "--base", "main");
    expect([printed.format, printed.version]).toEqual(["modelsync-review", 1]);
    expect(printed.facts.models.map(({ head }: { head: { state: string } }) => head.state)).toEqual([
      "ran",
      "problems",
    ]);
    expect(validator("review")(printed)).toEqual([]);
    expect(reviewAnswerSchema.parse(printed)).toEqual(printed);
    const { code, class: kind } = printed.facts.models[1].head.problems[0];
    expect([code, kind]).toEqual(["data-missing", "configuration"]);
  });

  it("does not when a field is lost or another thing", () => {
    const printed = answer("review", "--base", "main");
    const [{ comparison }] = printed.facts.models;
    comparison.metrics[0].seedNoise = "little";
    comparison.calibration.base[0].rows = null;
    delete comparison.attribution.metrics[0].direction;
    printed.verdict.conclusion = "maybe";
    expect(validator("review")(printed)).toEqual([
      "/verdict/conclusion",
      "/facts/models/0/comparison/metrics/0/seedNoise",
      "/facts/models/0/comparison/calibration/base/0/rows",
      "/facts/models/0/comparison/attribution/metrics/0",
      // nor is it null, which it may be
      "/facts/models/0/comparison",
      "/facts/models/0/comparison",
    ]);
    expect(reviewAnswerSchema.safeParse(printed).error?.issues.length).toBe(4);
  });
});

it("the JSON of run keeps to the published schema, which names every field", () => {
  const printed = answer("run", "--model", "income", "--revision", "main");
  expect([printed.format, printed.version, printed.runs.length]).toEqual(["modelsync-run", 1, 1]);
  expect(validator("run")(printed)).toEqual([]);
  expect(runAnswerSchema.parse(printed)).toEqual(printed);
  delete printed.runs[0].run.profile.rows;
  delete printed.runs[0].run.notes[0].class;
  expect(validator("run")(printed)).toEqual(["/runs/0/run/profile", "/runs/0/run/notes/0"]);
});
