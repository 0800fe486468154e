import { describe, expect, it } from "vitest";
import { parseModelFile } from "../../pipeline/models/parse-model-file.ts";
import { predict } from "../../pipeline/predict.ts";
import type { ModelFile } from "../../pipeline/run.ts";
import { train } from "../../pipeline/train.ts";
import { trainingSet } from "../support/model-sets.ts";
import { categorical, numeric, tableOf } from "../support/tables.ts";

const set = trainingSet(
  [
    [-1, 1, 0],
    [0, 0, 1],
    [1, 0, 1],
    [2, 0, 1],
  ],
  [0, 0, 1, 1],
  2,
);

describe("train", () => {
  it("fits with the estimator's defaults", () => {
    const trained = train(set, { type: "logistic-regression" }, { seed: 1 });
    expect(trained).toMatchObject({ ok: true, notes: [], value: { fit: { converged: true } } });
  });

  it("says so when the fit did not converge", () => {
    const trained = train(set, { type: "logistic-regression", max_iterations: 1 }, { seed: 1, path: "e.yml" });
    expect(trained).toMatchObject({
      ok: true,
      notes: [
        {
          code: "not-converged",
          where: { path: "e.yml", key: "model" },
          message: "The fit stopped after 1 iterations before it converged.",
        },
      ],
    });
  });

  it.each([
    ["an unknown estimator", set, { type: "perceptron" }, ["unknown-estimator"]],
    [
      "a wrong option and a wrong task",
      { ...set, task: "regression" as const },
      { type: "logistic-regression", c: -1 },
      ["invalid-model-option", "estimator-does-not-fit-task"],
    ],
    ["no rows", trainingSet([], [], 2), { type: "logistic-regression" }, ["no-training-rows"]],
    [
      "too many classes",
      { ...set, classes: 400_000, task: "multiclass" as const },
      { type: "logistic-regression" },
      ["too-much-to-train"],
    ],
  ])("answers %s with problems", (_, given, model, codes) => {
    const trained = train(given, model, { seed: 1, path: "e.yml" });
    expect(trained.ok ? [] : trained.problems.map((problem) => problem.code)).toEqual(codes);
  });

  it("names the place, what was written and what is allowed", () => {
    expect(train(set, { type: "perceptron" }, { seed: 1, path: "e.yml" })).toEqual({
      ok: false,
      problems: [
        {
          code: "unknown-estimator",
          where: { path: "e.yml", key: "model.type" },
          message: "There is no estimator of this name.",
          written: "perceptron",
          allowed: expect.stringContaining("logistic-regression"),
          remedy: "Use one of the allowed names.",
        },
      ],
    });
  });
});

describe("a saved model", () => {
  const paths = { model: "model.json", data: "new.csv" };
  const saved = JSON.parse(JSON.stringify(savedModel())) as ModelFile;

  it("predicts the rows of a new table", () => {
    const table = tableOf(numeric("size", [3, null, -5]), categorical("color", ["red", null, "blue"]));
    const predicted = predict(saved, table, paths);
    if (!predicted.ok) throw new Error("it should predict");
    expect([...predicted.value.predicted]).toEqual([1, 0, 0]);
    expect(predicted.value.classes).toEqual(["no", "yes"]);
    expect(predicted.value.probabilities).toHaveLength(6);
  });

  it("predicts no rows", () => {
    const predicted = predict(saved, tableOf(numeric("size", []), categorical("color", [])), paths);
    expect(predicted).toMatchObject({ ok: true, value: { predicted: new Int32Array(0) } });
  });

  it("names each column that the new table lacks", () => {
    const predicted = predict(saved, tableOf(numeric("weight", [1])), paths);
    expect(predicted.ok ? [] : predicted.problems.map(({ code, written }) => [code, written])).toEqual([
      ["feature-absent", "size"],
      ["feature-absent", "color"],
    ]);
  });

  it("survives being written and read", () => {
    expect(parseModelFile(saved, "model.json")).toEqual({ ok: true, value: savedModel(), notes: [] });
  });

  it.each([
    ["not an object", 7, undefined],
    ["another format", { ...saved, format: "onnx" }, "format"],
    ["an unknown estimator", { ...saved, estimator: { type: "perceptron" } }, "estimator.type"],
    [
      "a feature without its scale",
      { ...saved, preprocessor: { features: [{ name: "a", type: "numeric", median: 0, mean: 0 }] } },
      "preprocessor.features.0.scale",
    ],
  ])("is refused when it is %s", (_, content, key) => {
    const parsed = parseModelFile(content, "model.json");
    expect(parsed.ok ? null : parsed.problems.map(({ code, where }) => [code, where])).toEqual([
      ["invalid-model-file", key === undefined ? { path: "model.json" } : { path: "model.json", key }],
    ]);
  });

  it.each([
    ["weights that are not numbers", { ...saved, estimator: { ...saved.estimator, weights: ["a"] } }],
    ["too few weights", { ...saved, estimator: { ...saved.estimator, weights: [1] } }],
    ["fewer classes than the model has", { ...saved, classes: ["no"] }],
    ["other features than the model has", { ...saved, preprocessor: { features: [] } }],
  ])("is refused when it has %s", (_, model) => {
    const predicted = predict(model, tableOf(numeric("size", [1]), categorical("color", ["red"])), paths);
    expect(predicted).toMatchObject({
      ok: false,
      problems: [{ code: "invalid-model-file", where: { path: "model.json", key: "estimator" } }],
    });
  });
});

function savedModel(): ModelFile {
  const trained = train(set, { type: "logistic-regression" }, { seed: 1 });
  if (!trained.ok) throw new Error("it should train");
  return {
    format: "modelsync-model",
    version: 1,
    task: "binary",
    target: "buys",
    classes: ["no", "yes"],
    positive: "yes",
    preprocessor: {
      features: [
        { name: "size", type: "numeric", median: 0, mean: 0, scale: 1 },
        { name: "color", type: "categorical", categories: ["blue", "red"] },
      ],
    },
    estimator: trained.value.toJSON(),
  };
}
