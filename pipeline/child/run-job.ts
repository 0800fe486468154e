import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { stageRun } from "../export/stage-run.ts";
import type { Outcome } from "../problem.ts";
import type { Progress } from "../progress.ts";
import { readData } from "../read/read-data.ts";
import { dataLineage } from "../revision-data.ts";
import { runExperiment } from "../run.ts";
import { type ReportedRun, type RunJob, stagedName } from "./run-protocol.ts";

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
