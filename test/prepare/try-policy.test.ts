import { afterAll, beforeAll, expect, it } from "vitest";
import type { Outcome } from "../../pipeline/problem.ts";
import type { ModelReview } from "../../pipeline/review/model-review.ts";
import type { Snapshot } from "../../src/facts/snapshot.ts";
import { openRepository } from "../../src/git/repository.ts";
import type { Policy } from "../../src/policy/policy.ts";
import { type RunModels, tryPolicy } from "../../src/prepare/try-policy.ts";
import { aModelPolicy, aModelReview, aPolicy, aProblem } from "../support/facts.ts";
import { GitRepository } from "../support/git-repository.ts";

const experiment = (more: string) => `data: good.csv\ntarget: y\n${more}`;
const files = {
  "good.csv": "x,y\n1,a\n2,b\n",
  "classes.yml": experiment("model: { type: logistic-regression }\n"),
  "quantity.yml": experiment("model: { type: ridge-regression }\n"),
  "open.yml": experiment("model: { type: gradient-boosting }\n"),
  "told.yml": experiment("task: regression\nmodel: { type: gradient-boosting }\n"),
  "positive.yml": experiment("positive: a\nmodel: { type: gradient-boosting }\n"),
  "broken.yml": experiment("modle: {}\n"),
};

let git: GitRepository;
let head: Snapshot;
beforeAll(async () => {
  git = new GitRepository();
  const commit = git.commit(files);
  const opened = await openRepository(git.folder);
  if (!opened.ok) throw new Error("no repository");
  head = opened.value.snapshot(commit);
});
afterAll(() => git[Symbol.dispose]());

const gate = { tolerance: 0, min: null, max: null };
const naming = (path: string, ...metrics: string[]): Policy =>
  aPolicy({
    models: [aModelPolicy({ experiment: path, metrics: Object.fromEntries(metrics.map((id) => [id, gate])) })],
  });
const proposed = (policy: Policy): Outcome<Policy> => ({ ok: true, value: policy, notes: [] });
/** Each model run, with this end. */
const runs =
  (end: Partial<ModelReview> = {}): RunModels =>
  async (models) =>
    models.map(({ id, experiment }) => aModelReview({ model: id, experimentPath: experiment, ...end }));
const never: RunModels = () => Promise.reject(new Error("nothing was to be run"));
const problems = async (policy: Policy, judging: Policy | null = null) => {
  const tried = await tryPolicy(proposed(policy), head, judging, runs());
  return tried.ok ? [] : tried.problems.map(({ code, where }) => `${code} ${where.path} ${where.key}`);
};

it.each<[what: string, path: string, metrics: string[], expected: string[]]>([
  ["a metric of classes for classes", "classes.yml", ["roc_auc", "recall"], []],
  [
    "R² for classes",
    "classes.yml",
    ["recall", "r2"],
    ["metric-of-another-task .github/modelsync.yml models.income.metrics.r2"],
  ],
  [
    "recall for a quantity",
    "quantity.yml",
    ["recall", "r2"],
    ["metric-of-another-task .github/modelsync.yml models.income.metrics.recall"],
  ],
  [
    "recall where the task is written",
    "told.yml",
    ["recall"],
    ["metric-of-another-task .github/modelsync.yml models.income.metrics.recall"],
  ],
  [
    "R² where a class is positive",
    "positive.yml",
    ["r2"],
    ["metric-of-another-task .github/modelsync.yml models.income.metrics.r2"],
  ],
  [
    "an experiment that does not exist",
    "absent.yml",
    ["r2"],
    ["experiment-missing .github/modelsync.yml models.income.experiment"],
  ],
  ["an experiment with a mistake", "broken.yml", ["r2"], ["unknown-key broken.yml modle"]],
])("%s", async (_, path, metrics, expected) => {
  expect(await problems(naming(path, ...metrics))).toEqual(expected);
});

it("says of classes what is allowed", async () => {
  const tried = await tryPolicy(proposed(naming("classes.yml", "r2")), head, null, runs());
  const [problem] = tried.ok ? [] : tried.problems;
  expect([problem?.message, problem?.allowed?.includes("recall"), problem?.allowed?.includes("r2")]).toEqual([
    "r2 is not defined for classes, which income predicts.",
    true,
    false,
  ]);
});

it("runs what the judging policy does not, and tells what does not run", async () => {
  const judging = naming("classes.yml", "recall");
  const policy = aPolicy({
    models: [...judging.models, aModelPolicy({ id: "other", experiment: "open.yml", slices: ["nope"] })],
  });
  const asked: string[] = [];
  const run: RunModels = (models) => {
    asked.push(...models.map(({ experiment }) => experiment));
    return runs()(models);
  };
  const tried = await tryPolicy(proposed(policy), head, judging, run);
  expect([asked, tried.ok ? [] : tried.problems.map(({ code, where }) => `${code} ${where.key}`)]).toEqual([
    ["open.yml"],
    ["slice-column-absent models.other.slices"],
  ]);
  const failed = runs({ head: { state: "problems", commit: "abc", problems: [aProblem()] } });
  expect(await tryPolicy(proposed(policy), head, judging, failed)).toEqual({ ok: false, problems: [aProblem()] });
  expect((await tryPolicy(proposed(judging), head, judging, never)).ok).toBe(true);
});

it("says of a metric what only the data shows", async () => {
  expect(await problems(naming("open.yml", "recall", "r2"), naming("open.yml"))).toEqual([]);
  const tried = await tryPolicy(proposed(naming("open.yml", "r2")), head, null, runs());
  expect(tried.ok ? [] : tried.problems.map(({ code }) => code)).toEqual(["metric-of-another-task"]);
});

it.each(["absent.yml", "broken.yml"])("leaves %s to the review where it is run anyway", async (path) => {
  const judging = aPolicy({ models: [aModelPolicy({ experiment: path })] });
  expect(await problems(naming(path, "r2"), judging)).toEqual([]);
});

it("tries nothing of a policy with mistakes", async () => {
  const mistakes: Outcome<Policy> = { ok: false, problems: [] };
  expect(await tryPolicy(mistakes, head, null, never)).toBe(mistakes);
});
