/**
 * One process: what the child of a review does when an experiment changes. Usage: node bench/review-once.ts CSV [CSV]
 *
 * Reads the file once, trains and evaluates base and head, compares every metric and looks for slices and broken data.
 * With a second file, the head's, the data changes too: both are read, drift is measured, and the change is attributed,
 * which takes two more runs.
 */
import { statSync } from "node:fs";
import { defaultDriftOptions } from "../pipeline/drift/default-drift-options.ts";
import { parseExperiment } from "../pipeline/experiment/parse-experiment.ts";
import { reviewModel } from "../pipeline/review/review-model.ts";
import type { Revision } from "../pipeline/review/revision.ts";
import { revisionData } from "../pipeline/revision-data.ts";
import { peakMemory } from "./peak-memory.ts";

const [before, after = before] = process.argv.slice(2) as [string, string?];

function revision(commit: string, file: string, c: number): Revision {
  const blob = (file === before ? "0" : "1").repeat(40);
  const data = revisionData([{ path: "data.csv", file, blob, size: statSync(file).size }]);
  const text = `data: data.csv\ntarget: y\npositive: 'yes'\nmodel: { type: logistic-regression, c: ${c} }\n`;
  const experiment = parseExperiment(text, "experiment.yml");
  if (!experiment.ok) throw new Error(JSON.stringify(experiment.problems));
  return { state: "ready", commit, experiment: experiment.value, data };
}

const review = await reviewModel({
  model: "model",
  experimentPath: "experiment.yml",
  base: revision("base", before, 1),
  head: revision("head", after, 0.01),
  metrics: { roc_auc: { tolerance: 0 } },
  sliceColumns: [],
  slices: [],
  drift: defaultDriftOptions,
  level: 0.95,
  cache: null,
});
console.log(JSON.stringify({ status: review.comparison?.status, peakMemory: peakMemory() }));
