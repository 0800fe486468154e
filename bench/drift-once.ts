/** One process: read two files and compare every column. Usage: node bench/drift-once.ts BASE HEAD */

import { defaultDriftOptions } from "../pipeline/drift/default-drift-options.ts";
import { detectDrift } from "../pipeline/drift/detect-drift.ts";
import { parseExperiment } from "../pipeline/experiment/parse-experiment.ts";
import { readTable } from "../pipeline/read/read-table.ts";
import { peakMemory } from "./peak-memory.ts";

const experiment = parseExperiment("data: data.csv\ntarget: y\n", "experiment.yml");
if (!experiment.ok) throw new Error(JSON.stringify(experiment.problems));
const { format } = experiment.value;
const read = async (file: string) => {
  const outcome = await readTable(file, "data.csv", format, experiment.value);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value.table;
};
const [base, head] = [await read(process.argv[2]!), await read(process.argv[3]!)];
const features = base.columns.map(({ name }) => name).filter((name) => name !== "y");
const report = detectDrift(base, head, { ...defaultDriftOptions, target: "y", features });
console.log(JSON.stringify({ rule: report.rule, peakMemory: peakMemory() }));
