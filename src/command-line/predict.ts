import { writeFile } from "node:fs/promises";
import { readTable } from "../../pipeline/data/read-table.ts";
import type { Experiment } from "../../pipeline/experiment/experiment.ts";
import { experimentSchema } from "../../pipeline/experiment/experiment-schema.ts";
import { parseExperiment } from "../../pipeline/experiment/parse-experiment.ts";
import { csvLine } from "../../pipeline/export/csv-line.ts";
import { parseModelFile } from "../../pipeline/models/parse-model-file.ts";
import { estimators } from "../../pipeline/models/registry.ts";
import { type Prediction, predict as predictTable } from "../../pipeline/predict.ts";
import { featureTypes } from "../../pipeline/preprocess/apply-preprocessor.ts";
import type { Outcome, Problem } from "../../pipeline/problem.ts";
import type { ModelFile } from "../../pipeline/run.ts";
import { exitCodes } from "./exit-codes.ts";
import { print, tell } from "./print.ts";
import { readTextFile } from "./read-text-file.ts";
import { showProblems } from "./show-problems.ts";

const maxModelBytes = 256 * 1024 * 1024;
const maxExperimentBytes = 1024 * 1024;

export interface PredictOptions {
  model: string;
  data: string;
  /** The experiment says how the data is written: separators, encoding, markers of missing cells. */
  experiment?: string;
  output?: string;
}

/** `modelsync predict`: predicts the rows of a CSV file with a saved model. Answers the exit code. */
export async function predict(options: PredictOptions): Promise<number> {
  const predicted = await predictFile(options);
  if (!predicted.ok) {
    tell(showProblems(predicted.problems));
    return exitCodes.cannotEvaluate;
  }
  if (predicted.notes.length > 0) tell(showProblems(predicted.notes));
  if (options.output === undefined) print(predicted.value);
  else await writeFile(options.output, predicted.value);
  return exitCodes.pass;
}

async function predictFile(options: PredictOptions): Promise<Outcome<string>> {
  const [model, reading] = await Promise.all([readModel(options.model), readExperiment(options.experiment)]);
  if (!model.ok || !reading.ok) return { ok: false, problems: [...problemsOf(model), ...problemsOf(reading)] };
  const columns = featureTypes(model.value.preprocessor);
  const read = await readTable(options.data, options.data, reading.value.format, { ...reading.value, columns });
  if (!read.ok) return read;
  const paths = { model: options.model, data: options.data };
  const predicted = predictTable(model.value, read.value.table, paths);
  if (!predicted.ok) return predicted;
  return { ok: true, value: toCsv(predicted.value), notes: [...read.notes, ...predicted.notes] };
}

async function readModel(path: string): Promise<Outcome<ModelFile>> {
  const text = await readTextFile(path, maxModelBytes);
  if (!text.ok) return text;
  try {
    return parseModelFile(JSON.parse(text.value), path);
  } catch {
    const problem: Problem = {
      code: "not-json",
      where: { path },
      message: "The model file is not JSON.",
      remedy: "Name a model.json that modelsync run --output wrote.",
    };
    return { ok: false, problems: [problem] };
  }
}

/** How to read the data: as the experiment says, or as one without a word about it would. */
async function readExperiment(path?: string): Promise<Outcome<Pick<Experiment, "format" | "missing">>> {
  if (path === undefined) {
    const { format, missing } = experimentSchema.parse({ data: "data.csv", target: "target", model: { type: "any" } });
    return { ok: true, value: { format, missing }, notes: [] };
  }
  const text = await readTextFile(path, maxExperimentBytes);
  return text.ok ? parseExperiment(text.value, path, estimators) : text;
}

function toCsv({ classes, predicted, probabilities }: Prediction): string {
  const lines = [csvLine(["row", "predicted", ...classes.map((name) => `probability of ${name}`)])];
  for (const [row, answer] of predicted.entries()) {
    const label = classes.length === 0 ? answer : (classes[answer] as string);
    const shares = classes.map((_, which) => probabilities[row * classes.length + which]!);
    lines.push(csvLine([row + 1, label, ...shares]));
  }
  return lines.join("");
}

function problemsOf(outcome: Outcome<unknown>): Problem[] {
  return outcome.ok ? [] : outcome.problems;
}
