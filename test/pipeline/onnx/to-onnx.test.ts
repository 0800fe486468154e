import { describe, expect, it } from "vitest";
import { toOnnx } from "../../../pipeline/onnx/to-onnx.ts";
import type { ModelFile } from "../../../pipeline/run.ts";

const baseline: ModelFile = {
  format: "modelsync-model",
  version: 1,
  task: "binary",
  target: "answer",
  classes: ["no", "yes"],
  positive: "yes",
  preprocessor: { features: [{ name: "age", type: "numeric", median: 40, mean: 41, scale: 3 }] },
  estimator: { type: "baseline", columns: 1, output: [0.25, 0.75] },
};

describe("a model as ONNX", () => {
  it("has the same bytes each time, and other bytes with other metadata", () => {
    const [first, second, third] = [{}, {}, { experiment: "abc" }].map((metadata) => toOnnx(baseline, metadata));
    expect(first).toEqual(second);
    expect(third).not.toEqual(first);
  });

  it("keeps its metadata as text", () => {
    const written = toOnnx(baseline, { experiment: "0123abcd" });
    const text = written.ok ? Buffer.from(written.value).toString("latin1") : "";
    expect(
      ['["no","yes"]', "positive", "engine", "experiment", "0123abcd"].filter((part) => !text.includes(part)),
    ).toEqual([]);
  });

  it.each<[string, ModelFile, string]>([
    [
      "an estimator without one",
      { ...baseline, estimator: { type: "nearest-neighbors" } },
      "the estimator nearest-neighbors has no ONNX form",
    ],
    [
      "no features",
      { ...baseline, preprocessor: { features: [] }, estimator: { ...baseline.estimator, columns: 0 } },
      "the model has no features",
    ],
    [
      "features without columns",
      {
        ...baseline,
        preprocessor: { features: [{ name: "color", type: "categorical", categories: [] }] },
        estimator: { ...baseline.estimator, columns: 0 },
      },
      "the model has no features",
    ],
    [
      "an estimator of other classes",
      { ...baseline, estimator: { ...baseline.estimator, output: [1] } },
      "its parts do not fit together",
    ],
  ])("says why there is none: %s", (_, model, reason) => {
    expect(toOnnx(model)).toEqual({
      ok: false,
      problems: [
        {
          code: "no-onnx-form",
          where: { path: "model.onnx" },
          message: `The model cannot be written as ONNX: ${reason}.`,
          remedy: "Use model.json with modelsync predict.",
        },
      ],
    });
  });

  it("says so when the estimator's part cannot be restored", () => {
    const written = toOnnx({ ...baseline, estimator: { type: "baseline", columns: 1 } });
    expect(written.ok ? "written" : written.problems.map(({ code }) => code)).toEqual(["no-onnx-form"]);
  });
});
