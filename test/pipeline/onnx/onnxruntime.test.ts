import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseModelFile } from "../../../pipeline/models/parse-model-file.ts";
import { estimators } from "../../../pipeline/models/registry.ts";
import { estimatorGraphs } from "../../../pipeline/onnx/estimators/registry.ts";
import { toOnnx } from "../../../pipeline/onnx/to-onnx.ts";
import { predict } from "../../../pipeline/predict.ts";
import { featureTypes } from "../../../pipeline/preprocess/apply-preprocessor.ts";
import { readTable } from "../../../pipeline/read/read-table.ts";
import type { ModelFile } from "../../../pipeline/run.ts";
import type { Table } from "../../../pipeline/table/table.ts";

const folder = join(import.meta.dirname, "../../fixtures/onnx");

/** What onnxruntime answered to the rows of `<table>.rows.csv`, and the SHA-256 of the file it had loaded. */
interface Answer {
  table: string;
  sha256: string;
  label?: string[];
  probabilities?: number[][];
  value?: number[];
}

/** The engine whose name stands in the files that onnxruntime loaded. */
const engine = "2";

const { models }: { models: Record<string, Answer> } = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8"));

function readModel(name: string): ModelFile {
  const path = `${name}.model.json`;
  const parsed = parseModelFile(JSON.parse(readFileSync(join(folder, path), "utf8")), path);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
}

async function readRows(table: string, model: ModelFile): Promise<Table> {
  const path = `${table}.rows.csv`;
  const format = { delimiter: "," as const, decimal: "." as const, encoding: null, header: true, names: null };
  const columns = featureTypes(model.preprocessor);
  const read = await readTable(join(folder, path), path, format, { missing: ["NA"], columns });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.value.table;
}

describe.each(Object.entries(models))("%s as ONNX", (name, answer) => {
  const model = readModel(name);

  it("is byte for byte the file that onnxruntime loaded", () => {
    const written = toOnnx(model, {}, engine);
    const digest = written.ok && createHash("sha256").update(written.value).digest("hex");
    expect(digest).toBe(answer.sha256);
  });

  it("says in onnxruntime what it says here", async () => {
    const predicted = predict(model, await readRows(answer.table, model), { model: name, data: answer.table });
    if (!predicted.ok) throw new Error(JSON.stringify(predicted.problems));
    const { classes, predicted: own, probabilities } = predicted.value;
    const theirs = answer.value ?? answer.probabilities!.flat();
    const ours = answer.value === undefined ? probabilities : own;
    const furthest = theirs.reduce((most, value, at) => {
      const distance = Math.abs(value - ours[at]!) / (answer.value === undefined ? 1 : Math.max(1, Math.abs(value)));
      return Math.max(most, Number.isNaN(distance) ? Number.POSITIVE_INFINITY : distance);
    }, 0);
    expect([theirs.length, furthest < 1e-6]).toEqual([ours.length, true]);
    if (answer.label !== undefined) expect(answer.label).toEqual(Array.from(own, (which) => classes[which]));
  });
});

it("has been tried for every estimator that has this form, and each of its tasks", () => {
  const tried = Object.keys(models).map((name) => {
    const { estimator, task } = readModel(name);
    return `${estimator.type}, ${task}`;
  });
  const withForm = [...estimators.values()].filter(({ type }) => estimatorGraphs.has(type));
  expect(withForm.map(({ type }) => type).sort()).toEqual([...estimatorGraphs.keys()].sort());
  // Both ways: a form that is lost is missed by the models that onnxruntime answered.
  const all = withForm.flatMap(({ type, tasks }) => tasks.map((task) => `${type}, ${task}`));
  expect(new Set(tried)).toEqual(new Set(all));
});
