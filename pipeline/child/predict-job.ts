import { join } from "node:path";
import type { Experiment } from "../experiment/experiment.ts";
import { experimentSchema } from "../experiment/experiment-schema.ts";
import { parseExperiment } from "../experiment/parse-experiment.ts";
import { writePredictions } from "../export/write-predictions.ts";
import { parseModelFile } from "../models/parse-model-file.ts";
import { predict } from "../predict.ts";
import { featureTypes } from "../preprocess/apply-preprocessor.ts";
import { type Outcome, problemsOf, refused } from "../problem.ts";
import type { Progress } from "../progress.ts";
import { readTable } from "../read/read-table.ts";
import { readTextFile } from "../read-text-file.ts";
import type { ModelFile } from "../run.ts";
import { type NamedFile, type PredictJob, predictionsName } from "./predict-protocol.ts";

const maxModelBytes = 256 * 1024 * 1024;
const maxExperimentBytes = 1024 * 1024;

/** Predicts every row of a file with a saved model, into a CSV file in `folder`. */
export async function predictJob(
  job: PredictJob,
  _: (progress: Progress) => void,
  folder: string,
): Promise<Outcome<null>> {
  const [model, reading] = await Promise.all([readModel(job.model), readExperiment(job.experiment)]);
  if (!model.ok || !reading.ok) return { ok: false, problems: problemsOf(model, reading) };
  const columns = featureTypes(model.value.preprocessor);
  const read = await readTable(job.data.file, job.data.path, reading.value.format, { ...reading.value, columns });
  if (!read.ok) return read;
  const predicted = predict(model.value, read.value.table, { model: job.model.path, data: job.data.path });
  if (!predicted.ok) return predicted;
  writePredictions(join(folder, predictionsName), predicted.value);
  return { ok: true, value: null, notes: [...read.notes, ...predicted.notes] };
}

async function readModel({ path, file }: NamedFile): Promise<Outcome<ModelFile>> {
  const text = await readTextFile(path, maxModelBytes, file);
  if (!text.ok) return text;
  try {
    return parseModelFile(JSON.parse(text.value), path);
  } catch {
    return refused({
      code: "not-json",
      where: { path },
      message: "The model file is not JSON.",
      remedy: "Name a model.json that modelsync run --output wrote.",
    });
  }
}

/** How to read the data: as the experiment says, or as one without a word about it would. */
async function readExperiment(named: NamedFile | null): Promise<Outcome<Pick<Experiment, "format" | "missing">>> {
  if (named === null) {
    const { format, missing } = experimentSchema.parse({ data: "data.csv", target: "target", model: { type: "any" } });
    return { ok: true, value: { format, missing }, notes: [] };
  }
  const text = await readTextFile(named.path, maxExperimentBytes, named.file);
  return text.ok ? parseExperiment(text.value, named.path) : text;
}
