import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { defaultModel } from "../../../pipeline/compare-models/candidates.ts";
import { preprocess } from "../../../pipeline/preprocess/preprocess.ts";
import { createRandom } from "../../../pipeline/stats/random.ts";
import type { Table } from "../../../pipeline/table/table.ts";
import { assignTimeFolds } from "../../../pipeline/tune/assign-time-folds.ts";
import { makeFolds } from "../../../pipeline/tune/make-folds.ts";
import { trainingData } from "../../../pipeline/tune/training-data.ts";
import { type TuneOptions, tune } from "../../../pipeline/tune/tune.ts";
import type { Tuning } from "../../../pipeline/tune/tuning.ts";
import { incomeCsv } from "../../support/incomes.ts";
import { anExperiment } from "../../support/runs.ts";
import { categorical, numeric, tableOf } from "../../support/tables.ts";
import { tableOfText } from "../read/read-text.ts";

const defaults: TuneOptions = {
  search: "random",
  trials: 6,
  seconds: 1000,
  seed: 42,
  folds: 4,
  space: [],
};

function search(table: Table, experiment: Parameters<typeof anExperiment>[0], options: Partial<TuneOptions> = {}) {
  const model = experiment?.model ?? { type: "logistic-regression" };
  const complete = anExperiment({ ...experiment, model: { ...defaultModel(model.type), ...model } });
  const input = { experiment: complete, experimentPath: "experiment.yml", dataBlob: "1", table };
  return tune(input, { ...defaults, ...options });
}

function found(...given: Parameters<typeof search>): Tuning {
  const outcome = search(...given);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

let penguins: Table;
let incomes: Table;
beforeAll(async () => {
  penguins = await tableOfText(readFileSync("test/fixtures/data/penguins.csv", "utf8"));
  incomes = await tableOfText(incomeCsv({ rows: 300 }));
});

/** A table with a key column, so that labels do not decide the split. */
function keyedTable(labels: string[]): Table {
  const random = createRandom(3);
  const noise = labels.map(() => random.normal());
  return tableOf(
    numeric(
      "id",
      labels.map((_, row) => row),
    ),
    numeric(
      "x",
      labels.map((_, row) => (row % 2) + noise[row]!),
    ),
    categorical("label", labels),
  );
}

describe("tune", () => {
  it.each([
    ["classes", () => found(penguins, { target: "species" }), "f1_macro"],
    ["two classes", () => found(incomes, { target: "income" }), "roc_auc"],
    ["a number", () => found(penguins, { target: "body_mass_g", model: { type: "ridge-regression" } }), "r2"],
    ["a metric that falls", () => found(incomes, { target: "income" }, { metric: "log_loss" }), "log_loss"],
    ["another estimator", () => found(incomes, { target: "income" }, { estimator: "decision-tree" }), "roc_auc"],
  ])("finds options for %s that are at least as good as the start", (_, make, metric) => {
    const { trials, best, ...tuning } = make();
    const scores = trials.map(({ score }) => score!);
    const bestScore = tuning.metric.direction === "higher" ? Math.max(...scores) : Math.min(...scores);
    expect([tuning.metric.id, trials.length, best.score, tuning.final.metrics.length > 3]).toEqual([
      metric,
      6,
      bestScore,
      true,
    ]);
  });

  it("gives the same text again, whatever the order of rows", async () => {
    const [header, ...rows] = incomeCsv({ rows: 300 }).trim().split("\n");
    const reversed = await tableOfText(`${[header, ...rows.reverse()].join("\n")}\n`);
    const experiment = { target: "income", model: { type: "naive-bayes" } };
    const first = JSON.stringify(found(incomes, experiment));
    expect(JSON.stringify(found(incomes, experiment))).toBe(first);
    expect(JSON.stringify(found(reversed, experiment))).toBe(first);
  });

  it("never looks at the hold-out while it searches", () => {
    const labels = Array.from({ length: 240 }, (_, row) => (row % 2 === 0 ? "no" : "yes"));
    const experiment = { target: "label", key: "id" };
    const table = keyedTable(labels);
    const prepared = preprocess(table, anExperiment(experiment), { tasks: ["binary"] });
    const heldOut = prepared.ok ? [...prepared.value.holdout.rows] : [];
    const permuted = [...labels];
    for (const [at, row] of createRandom(9)
      .shuffle([...heldOut])
      .entries())
      permuted[heldOut[at]!] = labels[row]!;
    const before = found(table, experiment);
    const after = found(keyedTable(permuted), experiment);
    expect([after.trials, after.best, after.final.holdoutDigest]).toEqual([
      before.trials,
      before.best,
      before.final.holdoutDigest,
    ]);
    expect(after.final.metrics).not.toEqual(before.final.metrics);
  });

  it("leaves out folds that cannot be judged, and says why", () => {
    const rare = keyedTable(Array.from({ length: 120 }, (_, row) => (row < 3 ? "yes" : row < 60 ? "no" : "may be")));
    const { best } = found(rare, { target: "label", key: "id" }, { metric: "roc_auc", trials: 2 });
    expect([best.folds.filter((value) => value === null).length, best.score !== null, best.reason]).toEqual([
      2,
      true,
      "2 folds: no ROC AUC: for class 3 of 3, no row belongs to the class that is ranked",
    ]);
  });

  it("predicts later rows from earlier ones when the split is by time", () => {
    const table = keyedTable(Array.from({ length: 200 }, (_, row) => (row % 2 === 0 ? "no" : "yes")));
    const split = { by: "time" as const, column: "id", holdout: 0.25, seed: 42 };
    const experiment = anExperiment({ target: "label", split });
    const prepared = preprocess(table, experiment, { tasks: ["binary"] });
    if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));
    const data = trainingData(table, experiment, prepared.value);
    const fold = assignTimeFolds(data.times!, 4);
    const get = makeFolds(data, { fold, place: new Float64Array(fold.length) });
    const sizes = [0, 1, 2, 3].map((which) => {
      const made = get(which, 1);
      return "reason" in made ? made.reason : [made.train.features.rows, made.judged.features.rows];
    });
    expect(sizes).toEqual([
      [30, 30],
      [60, 30],
      [90, 30],
      [120, 30],
    ]);
    expect(found(table, { target: "label", split }).best.score).not.toBe(null);
  });

  it.each([
    ["ridge-regression", []],
    ["decision-tree", ["target-read-as-classes"]],
  ])("says whether the block for %s fits the experiment", (estimator, codes) => {
    const experiment = { target: "body_mass_g", model: { type: "linear-regression" } };
    const { notes } = found(penguins, experiment, { estimator, trials: 2 });
    expect(notes.map(({ code }) => code)).toEqual(["target-missing", ...codes]);
  });

  it("tells when no trial can be scored", () => {
    const rare = keyedTable(Array.from({ length: 60 }, (_, row) => (row === 0 ? "yes" : "no")));
    const outcome = search(rare, { target: "label", key: "id", split: { holdout: 0.1, seed: 2 } }, { trials: 2 });
    expect(outcome.ok ? outcome.value.best : outcome.problems.map(({ code, written }) => [code, written])).toEqual([
      [
        "no-trial-has-a-score",
        "4 folds: no ROC AUC: no row belongs to the class that is ranked; its training rows have 1 of 2 classes",
      ],
    ]);
  });

  it.each([
    ["an unknown estimator", { estimator: "gradient-bosting" }, "unknown-estimator", "Did you mean gradient-boosting?"],
    [
      "an estimator of another task",
      { estimator: "ridge-regression" },
      "estimator-does-not-fit-task",
      "Use one of the allowed estimators.",
    ],
    [
      "an estimator without options",
      { estimator: "baseline" },
      "nothing-to-tune",
      "Name one of the allowed estimators with --estimator.",
    ],
    ["an unknown metric", { metric: "roc" }, "unknown-metric", "Use one of the allowed names."],
    ["more folds than rows", { folds: 300 }, "too-few-rows-for-folds", "Use fewer folds, or more data."],
    [
      "an empty space",
      { space: ["c=2..1"] },
      "search-space-empty",
      "Write values of c that the estimator takes: a number, at least 1e-9, at most 1000000000000.",
    ],
  ])("refuses %s", (_, options, code, remedy) => {
    const outcome = search(incomes, { target: "income" }, options);
    expect(outcome.ok ? "found" : outcome.problems.map((problem) => [problem.code, problem.remedy])).toEqual([
      [code, remedy],
    ]);
  });
});
