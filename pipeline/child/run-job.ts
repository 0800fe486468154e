import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { readData } from "../data/read-data.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { stageRun } from "../export/stage-run.ts";
import type { Outcome } from "../problem.ts";
import { dataLineage, type RevisionData } from "../revision-data.ts";
import { type Run, runExperiment } from "../run.ts";
import type { Progress } from "./protocol.ts";

/** One experiment and its data in local files. */
export interface RunJob {
  experiment: Experiment;
  /** Repository path of the experiment file, for problems. */
  experimentPath: string;
  data: RevisionData;
  /** Whether the run is written as files, too. */
  files: boolean;
}

/** A run without its rows and weights, which only the files have. */
export type ReportedRun = Omit<Run, "holdout" | "model">;

/** The folder, within that of the child, in which the files of a run are. */
export const stagedName = "run";

/** Runs an experiment, and writes its files below `folder` if they are wanted; notes say which could not be. */
export async function runJob(
  { experiment, experimentPath, data, files }: RunJob,
  onProgress: (progress: Progress) => void,
  folder: string,
): Promise<Outcome<ReportedRun>> {
  const read = await readData(data, experiment);
  if (!read.ok) return read;
  const input = { experiment, experimentPath, ...dataLineage(data), ...read.value, notes: read.notes };
  const ran = runExperiment(input, { onProgress });
  if (!ran.ok) return ran;
  const { holdout: _, model: __, ...reported } = ran.value;
  if (!files) return { ok: true, value: reported, notes: [] };
  onProgress({ step: "writing", share: 0.95 });
  const staged = join(folder, stagedName);
  await mkdir(staged);
  const { notes } = await stageRun(staged, ran.value);
  return { ok: true, value: reported, notes };
}
