/** One process: read, preprocess, train, evaluate, bootstrap the ROC AUC. Usage: node bench/train-once.ts CSV */

import { parseExperiment } from "../pipeline/experiment/parse-experiment.ts";
import { metrics } from "../pipeline/metrics/registry.ts";
import { readTable } from "../pipeline/read/read-table.ts";
import { runExperiment } from "../pipeline/run.ts";
import { pairedBootstrap } from "../pipeline/stats/paired-bootstrap.ts";
import { createRandom } from "../pipeline/stats/random.ts";
import { peakMemory } from "./peak-memory.ts";

const file = process.argv[2]!;
const experiment = parseExperiment("data: data.csv\ntarget: y\npositive: 'yes'\n", "experiment.yml");
if (!experiment.ok) throw new Error(JSON.stringify(experiment.problems));
const read = await readTable(file, "data.csv", experiment.value.format, experiment.value);
if (!read.ok) throw new Error(JSON.stringify(read.problems));
const run = runExperiment({
  experiment: experiment.value,
  experimentPath: "experiment.yml",
  dataBlob: "0".repeat(40),
  dataFiles: [{ path: "data.csv", blob: "0".repeat(40) }],
  table: read.value.table,
  profile: read.value.profile,
  notes: read.notes,
});
if (!run.ok) throw new Error(JSON.stringify(run.problems));
const { holdout, task, classes, positive } = run.value;
const rocAuc = metrics.get("roc_auc")!.prepare!({
  task,
  actual: Int32Array.from(holdout.actual),
  predicted: Int32Array.from(holdout.predicted),
  probabilities: Float64Array.from(holdout.probabilities),
  classes: classes.length,
  positive: classes.indexOf(positive!),
});
const interval = pairedBootstrap({
  n: holdout.actual.length,
  rng: createRandom(1),
  method: "percentile",
  statistic: (weights) => rocAuc(weights).value,
});
const { metrics: measured, lineage } = run.value;
console.log(
  JSON.stringify({ roc_auc: measured.roc_auc, interval, timings: lineage.timings, peakMemory: peakMemory() }),
);
