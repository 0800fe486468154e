import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { evaluate, toScored } from "../../pipeline/evaluate.ts";
import { preprocess } from "../../pipeline/preprocess/preprocess.ts";
import { readTable } from "../../pipeline/read/read-table.ts";
import { train } from "../../pipeline/train.ts";
import bundled from "../fixtures/reference/splits.json" with { type: "json" };
import { referenceData } from "../support/reference-data.ts";
import { anExperiment } from "./read/experiments.ts";

/** Ids of our metrics and the names that the reference files use. */
const names: Readonly<Record<string, string[]>> = {
  accuracy: ["accuracy"],
  balanced_accuracy: ["balanced_accuracy"],
  precision: ["precision_positive"],
  recall: ["recall_positive"],
  f1: ["f1_positive"],
  precision_macro: ["precision_macro"],
  recall_macro: ["recall_macro"],
  f1_macro: ["f1_macro"],
  roc_auc: ["roc_auc", "roc_auc_ovr_macro"],
  average_precision: ["average_precision"],
  log_loss: ["log_loss"],
  brier_score: ["brier", "brier_multiclass_sum"],
  matthews_corrcoef: ["mcc"],
};

interface Reference {
  target: string;
  positive: string | null;
  numeric: string[];
  categorical: string[];
  metrics: { A_logreg_C1: Record<string, unknown> };
}

/** Within 0.002: `closeTo` takes digits and compares with half a unit of the last. */
const digits = -Math.log10(2 * 0.002);

const root = join(import.meta.dirname, "../..");

describe("the steps of the pipeline on the rows that scikit-learn trained on and held out", () => {
  it.each([
    ["penguins", "test/fixtures/data/penguins.csv", bundled.penguins],
    ["adult", "examples/income-model/data/adult.csv", bundled.adult],
  ])("measure scikit-learn's metrics on %s", async (_, file, set) => {
    const bits = Buffer.from(set.holdout, "base64");
    const heldOut = Array.from({ length: set.rows }, (_, row) => row).filter(
      (row) => (bits[row >> 3]! >> (row & 7)) % 2 === 1,
    );
    const { measured, expected } = await runReference(join(root, file), set, heldOut);
    expect(measured).toEqual(expected);
  });

  const others = Object.entries({
    iris: "iris/iris.csv",
    german_credit: "german_credit/GermanCredit.csv",
    titanic: "titanic/titanic.csv",
  }).filter(([name, file]) => referenceData(`tables/${file}`) && referenceData(`reference/${name}.split.json`));

  it("are held on iris and German credit everywhere", () => {
    expect(others.map(([name]) => name)).toEqual(expect.arrayContaining(["iris", "german_credit"]));
  });

  it.each(others)("measure scikit-learn's metrics on %s", async (name, file) => {
    const { test } = readJson(`reference/${name}.split.json`) as { test: number[] };
    const set = readJson(`reference/${name}.json`) as Reference;
    const { measured, expected } = await runReference(referenceData(`tables/${file}`)!, set, test);
    expect(measured).toEqual(expected);
  });
});

/** Reads, preprocesses, trains and evaluates as a run does, on a given hold-out. */
async function runReference(file: string, set: Reference, heldOut: readonly number[]) {
  const experiment = anExperiment({
    data: "data.csv",
    target: set.target,
    positive: set.positive,
    features: [...set.numeric, ...set.categorical],
    missing: ["?"],
    model: { type: "logistic-regression", c: 1 },
  });
  const read = await readTable(file, "data.csv", experiment.format, experiment);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const options = { tasks: ["binary", "multiclass"] as const, heldOut: new Set(heldOut) };
  const prepared = preprocess(read.value.table, experiment, options);
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));
  const { task, classes, positive, holdout } = prepared.value;
  const trained = train(prepared.value.train, experiment.model, { seed: 42 });
  if (!trained.ok) throw new Error(JSON.stringify(trained.problems));
  const answers = { task, target: holdout.actual, classes: classes.length };
  const output = trained.value.predictProbability(holdout.features);
  const { metrics } = evaluate(toScored(answers, output, positive === null ? null : classes.indexOf(positive)));

  const compared = Object.entries(names).flatMap(([id, others]) => {
    const known = others.find((name) => name in set.metrics.A_logreg_C1);
    return known !== undefined && id in metrics ? [[id, set.metrics.A_logreg_C1[known] as number] as const] : [];
  });
  expect(compared.length).toBeGreaterThanOrEqual(8);
  return {
    measured: { heldOut: holdout.rows.length, ...Object.fromEntries(compared.map(([id]) => [id, metrics[id]!.value])) },
    expected: {
      heldOut: heldOut.length,
      ...Object.fromEntries(compared.map(([id, value]) => [id, expect.closeTo(value, digits)])),
    },
  };
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(referenceData(path)!, "utf8"));
}
