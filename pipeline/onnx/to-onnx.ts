import { engineVersion } from "../engine-version.ts";
import { estimators } from "../models/registry.ts";
import { encodedWidth } from "../preprocess/encoded-width.ts";
import type { Outcome } from "../problem.ts";
import type { ModelFile } from "../run.ts";
import { encodeFeatures } from "./encode-features.ts";
import { estimatorGraphs } from "./estimators/registry.ts";
import { Graph } from "./graph.ts";
import { ProtobufWriter } from "./protobuf-writer.ts";
import { integers } from "./tensor.ts";

/** One release of ONNX (1.13): file format, operators, operators for classic machine learning. */
const versions = { file: 8, operators: 18, ml: 3 } as const;

/**
 * A model file as ONNX. It takes raw rows: one input per feature under its column's name, a double tensor rows × 1
 * (NaN = missing) or a string tensor rows × 1 (empty = missing). It gives `label`, the predicted class as text, and
 * `probabilities`, rows × classes in the model's class order; for regression `value`. Everything is computed in
 * doubles; onnxruntime's answers differ from `predict` by rounding only (tests hold them to 1e-6).
 *
 * The same model and metadata give the same bytes.
 *
 * @param metadata further text to keep in the file, for example the experiment's digest
 * @param engine version that the file names as its producer
 * @returns the bytes, or why this model has no ONNX form
 */
export function toOnnx(
  model: ModelFile,
  metadata: Readonly<Record<string, string>> = {},
  engine: string = engineVersion,
): Outcome<Uint8Array> {
  const { estimator, preprocessor, classes, task } = model;
  const addEstimator = estimatorGraphs.get(estimator.type);
  if (addEstimator === undefined) return noForm(`the estimator ${estimator.type.slice(0, 80)} has no ONNX form`);
  const unfit = whyUnfit(model);
  if (unfit !== null) return noForm(unfit);

  const graph = new Graph();
  const encoded = encodeFeatures(graph, preprocessor.features);
  if (encoded === null) return noForm("the model has no features");
  const answer = addEstimator(graph, estimator, encoded);
  if (task === "regression") addValue(graph, answer, model.target);
  else addLabel(graph, answer, classes);

  return {
    ok: true,
    value: writeModel(graph.finish("modelsync"), { ...describe(model), engine, ...metadata }, engine),
    notes: [],
  };
}

/** The estimator's parts are checked by restoring it, as before a prediction. */
function whyUnfit({ estimator, preprocessor, classes, task }: ModelFile): string | null {
  const columns = encodedWidth(preprocessor);
  try {
    const fitted = estimators.get(estimator.type)!.restore(estimator);
    const probe = fitted.predictProbability({ rows: 1, columns, values: new Float64Array(columns) });
    return probe.length === (task === "regression" ? 1 : classes.length) ? null : "its parts do not fit together";
  } catch (error) {
    return error instanceof Error ? error.message.slice(0, 200) : "its parts do not fit together";
  }
}

function addLabel(graph: Graph, probabilities: string, classes: readonly string[]): void {
  const best = graph.node("ArgMax", [probabilities], { axis: 1, keepdims: 0, select_last_index: 0 });
  const names = graph.constant({ type: "string", dims: [classes.length], values: classes });
  const label = graph.node("Gather", [names, best], { axis: 0 });
  const docs = `In this order: ${JSON.stringify(classes)}`;
  graph.output({ name: "label", type: "string", columns: null, docs: "The most probable class." }, label);
  graph.output({ name: "probabilities", type: "double", columns: classes.length, docs }, probabilities);
}

function addValue(graph: Graph, predicted: string, target: string): void {
  const value = graph.node("Reshape", [predicted, graph.constant(integers([-1]))]);
  graph.output({ name: "value", type: "double", columns: null, docs: `The predicted ${target}.` }, value);
}

function describe({ task, target, classes, positive, estimator }: ModelFile): Record<string, string> {
  return {
    task,
    target,
    classes: JSON.stringify(classes),
    ...(positive === null ? {} : { positive }),
    estimator: estimator.type,
  };
}

/** The fields of a `ModelProto`. */
function writeModel(graph: Uint8Array, metadata: Readonly<Record<string, string>>, engine: string): Uint8Array {
  const writer = new ProtobufWriter();
  writer.int(1, versions.file).text(2, "modelsync").text(3, engine);
  writer.bytes(7, graph);
  writer.message(8, (set) => set.text(1, "").int(2, versions.operators));
  writer.message(8, (set) => set.text(1, "ai.onnx.ml").int(2, versions.ml));
  for (const [key, value] of Object.entries(metadata)) {
    writer.message(14, (entry) => entry.text(1, key).text(2, value));
  }
  return writer.finish();
}

function noForm(reason: string): Outcome<never> {
  return {
    ok: false,
    problems: [
      {
        code: "no-onnx-form",
        where: { path: "model.onnx" },
        message: `The model cannot be written as ONNX: ${reason}.`,
        remedy: "Use model.json with modelsync predict.",
      },
    ],
  };
}
