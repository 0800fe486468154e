import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { ReportedRun } from "../../pipeline/child/run-protocol.ts";
import { superviseRun } from "../../pipeline/child/supervise-run.ts";
import { placeRun } from "../../pipeline/export/place-run.ts";
import { refuseFolder } from "../../pipeline/export/refuse-folder.ts";
import type { Outcome, Problem } from "../../pipeline/problem.ts";
import type { Snapshot } from "../facts/snapshot.ts";
import type { ModelPolicy } from "../policy/policy.ts";
import { dataFetcher } from "../prepare/fetch-data.ts";
import { temporaryFolder } from "../prepare/temporary-folder.ts";
import { answerOf } from "./child-answer.ts";
import { exitCodes } from "./exit-codes.ts";
import { onInterrupt } from "./on-interrupt.ts";
import { openRevision, prepareModel } from "./open-revision.ts";
import { print, tell } from "./print.ts";
import { progressLine } from "./progress-line.ts";
import type { ModelChoice } from "./read-model.ts";
import type { Format } from "./render.ts";
import { runReport } from "./run-report.ts";
import { showProblems } from "./show-problems.ts";
import { noModel } from "./usage-problems.ts";

export interface RunOptions extends ModelChoice {
  output?: string;
  timeout: number;
  memory: number;
  format: Format;
}

/** A run that ended well. Its files, if any were asked for, wait in a folder of their own. */
interface FinishedRun {
  model: string;
  run: ReportedRun;
  notes: Problem[];
  staged: string | null;
}

/** `modelsync run`: runs the experiments of one revision. Answers the exit code. */
export async function run(options: RunOptions): Promise<number> {
  const { runs, problems } = await runAndPlace(options);
  if (problems.length > 0) tell(showProblems(problems));
  if (runs.length > 0) print(runReport(options.format, runs));
  return problems.length > 0 ? exitCodes.cannotEvaluate : exitCodes.pass;
}

/** The runs, and why their files could not be written; or no runs, and why. Nothing is left behind but the files. */
async function runAndPlace(options: RunOptions): Promise<{ runs: FinishedRun[]; problems: Problem[] }> {
  using interrupt = onInterrupt();
  await using folder = await temporaryFolder("modelsync-run-");
  const finished = await runModels(options, folder.path, interrupt.signal);
  if (!finished.ok) return { runs: [], problems: finished.problems };
  return { runs: finished.value, problems: await placeRuns(options, finished.value) };
}

/** Why files could not be written; notes are told. */
async function placeRuns(options: RunOptions, runs: readonly FinishedRun[]): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const { model, staged, notes } of runs) {
    const folder = outputFolder(options, model);
    const placed = folder === null || staged === null ? null : await placeRun(staged, folder);
    if (placed?.ok === false) problems.push(...placed.problems);
    else if (notes.length > 0) tell(showProblems(notes));
  }
  return problems;
}

/** One folder per model, unless one model is named. */
function outputFolder({ output, model }: RunOptions, id: string): string | null {
  if (output === undefined) return null;
  return model === undefined ? join(output, id) : output;
}

async function runModels(options: RunOptions, folder: string, signal: AbortSignal): Promise<Outcome<FinishedRun[]>> {
  const opened = await openRevision(options);
  if (!opened.ok) return opened;
  const { snapshot, models } = opened.value;
  const ids = models.map(({ id }) => id);
  const chosen = options.model === undefined ? models : models.filter(({ id }) => id === options.model);
  if (chosen.length === 0) return { ok: false, problems: [noModel(options.model ?? "", ids)] };

  // Asked before training, so that nobody waits for results that cannot be written.
  const folders = chosen.flatMap(({ id }) => outputFolder(options, id) ?? []);
  const problems: Problem[] = (await Promise.all(folders.map(refuseFolder))).filter((problem) => problem !== null);
  if (problems.length > 0) return { ok: false, problems };

  const runs: FinishedRun[] = [];
  for (const [at, model] of chosen.entries()) {
    const outcome = await runModel(model, snapshot, join(folder, String(at)), options, signal);
    if (outcome.ok) runs.push(outcome.value);
    else problems.push(...outcome.problems);
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: runs, notes: [] };
}

async function runModel(
  model: ModelPolicy,
  snapshot: Snapshot,
  folder: string,
  { output, timeout, memory }: RunOptions,
  signal: AbortSignal,
): Promise<Outcome<FinishedRun>> {
  const prepared = await prepareModel(snapshot, model);
  if (!prepared.ok) return prepared;
  const { id, experiment: experimentPath } = model;
  const { experiment, data: found } = prepared.value;
  await mkdir(folder);
  const data = await dataFetcher(folder)(snapshot, found);
  const staged = output === undefined ? null : join(folder, "run");
  using progress = progressLine();
  const outcome = await superviseRun({ experiment, experimentPath, data }, staged, {
    seconds: timeout,
    megabytes: memory,
    onProgress: (step) => progress.update(id, step),
    signal,
  });
  const answer = answerOf(outcome, signal, experimentPath, "The experiment");
  return answer.ok
    ? { ok: true, value: { model: id, run: answer.value, notes: answer.notes, staged }, notes: [] }
    : answer;
}
