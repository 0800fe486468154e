import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dataName } from "../../pipeline/experiment/data-name.ts";
import type { Experiment } from "../../pipeline/experiment/experiment.ts";
import type { Outcome } from "../../pipeline/problem.ts";
import { readTable } from "../../pipeline/read/read-table.ts";
import { type Run, type RunOptions, runExperiment } from "../../pipeline/run.ts";
import { runKey } from "../../pipeline/run-key.ts";
import { incomeLines } from "../support/incomes.ts";
import { anExperiment } from "../support/runs.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "modelsync-test-"));
});
afterAll(() => rm(folder, { recursive: true }));

const income = (given: Partial<Experiment> = {}) =>
  anExperiment({ data: "data/income.csv", target: "income", positive: "yes", ...given });

async function run(lines: string[], experiment = income(), options: RunOptions = {}): Promise<Outcome<Run>> {
  const file = join(folder, "data.csv");
  await writeFile(file, `${lines.join("\n")}\n`);
  const read = await readTable(file, dataName(experiment), experiment.format, experiment);
  if (!read.ok) return read;
  const input = { experiment, experimentPath: "income.yml", dataBlob: "b10b", ...read.value, notes: read.notes };
  return runExperiment(input, options);
}

async function ran(...args: Parameters<typeof run>): Promise<Run> {
  const outcome = await run(...args);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

const withoutTimings = ({ lineage: { timings: _, ...lineage }, ...rest }: Run) => ({ ...rest, lineage });

describe("a run", () => {
  it("says what was done with which rows, and by what", async () => {
    const lines = [...incomeLines(), "33,40,Male,high,"];
    const result = await ran(lines);
    const { rows, task, target, classes, positive, features, confusion, holdout, lineage, notes } = result;
    expect({ task, target, classes, positive, features, notes: notes.map(({ code }) => code) }).toEqual({
      task: "binary",
      target: "income",
      classes: ["no", "yes"],
      positive: "yes",
      features: [
        { name: "age", type: "numeric" },
        { name: "hours", type: "numeric" },
        { name: "sex", type: "categorical" },
        { name: "school", type: "categorical" },
      ],
      notes: ["target-missing"],
    });
    expect([rows.total, rows.dropped, rows.train + rows.holdout]).toEqual([401, 1, 400]);
    expect(confusion?.flat().reduce((sum, count) => sum + count)).toBe(rows.holdout);
    expect(lineage).toEqual({
      engine: expect.any(String),
      dataPath: "data/income.csv",
      dataBlob: "b10b",
      experimentDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
      modelDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
      seed: 42,
      estimator: "logistic-regression",
      fit: { iterations: expect.any(Number), converged: true, objective: expect.any(Number) },
      timings: { prepare: expect.any(Number), train: expect.any(Number), evaluate: expect.any(Number) },
    });
    const { keys, rows: places, actual, predicted, probabilities } = holdout;
    expect([keys, places, actual, predicted].map(({ length }) => length)).toEqual(Array(4).fill(rows.holdout));
    expect(probabilities.length).toBe(2 * rows.holdout);
    expect(keys).toEqual([...keys].sort());
    const labels = places.map((row) => lines[row + 1]?.split(",")[4]);
    expect(labels).toEqual(actual.map((which) => classes[which]));
  });

  it("learns: a model of informative columns ranks far better than chance", async () => {
    const { metrics } = await ran(incomeLines());
    expect(metrics.roc_auc?.value).toBeGreaterThan(0.85);
  });

  it("survives JSON unchanged", async () => {
    const result = await ran(incomeLines());
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  it("reports its steps with a share that only grows", async () => {
    const seen: { step: string; share: number }[] = [];
    await ran(incomeLines(), income(), { onProgress: (progress) => seen.push(progress) });
    expect([...new Set(seen.map(({ step }) => step))]).toEqual(["preparing", "training", "evaluating"]);
    const shares = seen.map(({ share }) => share);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
  });
});

describe("the same experiment on the same rows", () => {
  it("gives the same run", async () => {
    expect(withoutTimings(await ran(incomeLines()))).toEqual(withoutTimings(await ran(incomeLines())));
  });

  it("in another order gives the same model, metrics and predictions", async () => {
    const [header, ...lines] = incomeLines();
    const content = ({ holdout: { rows: _, ...holdout }, metrics, model, lineage }: Run) => ({
      holdout,
      metrics,
      model,
      digest: lineage.modelDigest,
    });
    expect(content(await ran([header!, ...lines.reverse()]))).toEqual(content(await ran(incomeLines())));
  });
});

describe("the key of a run", () => {
  const experiment = income();
  const { positive, split } = experiment;
  it.each<[string, string, boolean]>([
    ["nothing", runKey(income(), "b10b", null), true],
    ["a yardstick that says the same", runKey(income(), "b10b", { positive, split, keyColumns: "own" }), true],
    ["the data", runKey(income(), "0ther", null), false],
    ["the experiment", runKey(income({ exclude: ["age"] }), "b10b", null), false],
    ["the split", runKey(income(), "b10b", { positive, split: { ...split, seed: 7 }, keyColumns: "own" }), false],
    ["the positive class", runKey(income(), "b10b", { positive: "no", split, keyColumns: "own" }), false],
    ["what names a row", runKey(income(), "b10b", { positive, split, keyColumns: ["age"] }), false],
  ])("when %s differs", (_, key, same) => {
    expect(key === runKey(experiment, "b10b", null)).toBe(same);
  });
});

describe("a yardstick", () => {
  it("replaces split, positive class and row key, and is remembered only in the key", async () => {
    const experiment = income();
    const split = { holdout: 0.5, seed: 7 };
    const yardstick = { positive: "no", split, keyColumns: ["age", "hours"] };
    const judged = await ran(incomeLines(), experiment, { yardstick });
    const own = await ran(incomeLines(), income({ positive: "no", split }));
    expect([judged.positive, judged.experiment, judged.key]).toEqual([
      "no",
      experiment,
      runKey(experiment, "b10b", yardstick),
    ]);
    expect(judged.rows.holdout).toBeGreaterThan(150);
    expect(judged.holdout.keys).not.toEqual(own.holdout.keys);
  });
});

describe("what cannot be run is told, not thrown", () => {
  const lines = incomeLines({ rows: 60 });
  const relabeled = (label: string) => lines.map((line, at) => (at === 0 ? line : line.replace(/[^,]+$/, label)));
  it.each<[string, string[], Partial<Experiment>, string[]]>([
    ["no such target", lines, { target: "salary" }, ["target-absent"]],
    ["one class", relabeled("no"), { positive: null }, ["single-class"]],
    ["no positive class", lines, { positive: "maybe" }, ["positive-absent"]],
    ["no target at all", relabeled(""), {}, ["target-empty"]],
    ["no features", lines, { exclude: ["age", "hours", "sex", "school"] }, ["no-features"]],
    ["all rows the same", [lines[0]!, ...Array<string>(20).fill(lines[1]!)], {}, ["single-class"]],
    ["no such estimator", lines, { model: { type: "oracle" } }, ["unknown-estimator"]],
    ["empty", [], {}, ["empty-file"]],
    ["header only", lines.slice(0, 1), {}, ["no-rows"]],
  ])("%s", async (_, data, change, codes) => {
    const outcome = await run(data, income(change));
    expect(outcome.ok ? "ran" : outcome.problems.map(({ code }) => code)).toEqual(codes);
  });
});
