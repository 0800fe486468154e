import { resolve } from "node:path";
import { makeFolder } from "../../pipeline/export/make-folder.ts";
import { notWritable } from "../../pipeline/export/refuse-folder.ts";
import type { Outcome, Problem } from "../../pipeline/problem.ts";
import type { SearchKind } from "../../pipeline/tune/search-plan.ts";
import { tune as tuneEstimator } from "../../pipeline/tune/tune.ts";
import type { Tuning } from "../../pipeline/tune/tuning.ts";
import { answer } from "./answer.ts";
import { progressLine } from "./progress-line.ts";
import { type ModelChoice, readModel } from "./read-model.ts";
import type { Format } from "./render.ts";
import { journalFile } from "./tune-journal.ts";
import { trialsCsv, tuningReport } from "./tune-report.ts";
import { writeFiles } from "./write-files.ts";

export interface TuneOptions extends ModelChoice {
  estimator?: string;
  metric?: string;
  search: SearchKind;
  trials: number;
  seconds: number;
  seed: number;
  folds: number;
  space: string[];
  output?: string;
  resume: boolean;
  format: Format;
}

/** `modelsync tune`: looks for better options of one estimator. Answers the exit code. */
export async function tune(options: TuneOptions): Promise<number> {
  return answer(await tuneModel(options));
}

async function tuneModel(options: TuneOptions): Promise<Outcome<string>> {
  const { output } = options;
  if (options.resume && output === undefined) return { ok: false, problems: [nothingToResume] };
  const read = await readModel(options);
  if (!read.ok) return read;
  const { id } = read.value;
  const journal = output === undefined ? null : journalFile(output, options.resume);
  using progress = progressLine();
  let tuned: Outcome<Tuning>;
  try {
    if (output !== undefined) await makeFolder(resolve(output));
    tuned = tuneEstimator(
      read.value,
      { ...options, onProgress: (step) => progress.update(id, step) },
      journal === null ? undefined : journal.open,
    );
  } catch (error) {
    // Neither a folder that may not be written nor a full disk is a mistake of ours.
    if (output === undefined || (error as NodeJS.ErrnoException).syscall === undefined) throw error;
    return { ok: false, problems: [notWritable(output, error)] };
  } finally {
    journal?.close();
  }
  if (!tuned.ok) return tuned;
  const tuning = { ...tuned.value, notes: [...read.notes, ...tuned.value.notes] };
  const problems = await writeFiles(output, {
    "tuning.json": `${tuningReport("json", id, tuning)}\n`,
    "trials.csv": trialsCsv(tuning),
    "tuning.md": `${tuningReport("markdown", id, tuning)}\n`,
  });
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: tuningReport(options.format, id, tuning), notes: [] };
}

const nothingToResume: Problem = {
  code: "nothing-to-resume",
  where: { path: "--resume" },
  message: "Without --output nothing was kept that could be resumed.",
  remedy: "Name the folder of the search with --output.",
};
