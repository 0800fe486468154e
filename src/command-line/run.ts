import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ReportedRun } from "../../pipeline/child/run-protocol.ts";
import { superviseRun } from "../../pipeline/child/supervise-run.ts";
import { placeRun } from "../../pipeline/export/place-run.ts";
import { refuseFolder } from "../../pipeline/export/refuse-folder.ts";
import { estimators } from "../../pipeline/models/registry.ts";
import type { Outcome, Problem } from "../../pipeline/problem.ts";
import type { Snapshot } from "../facts/snapshot.ts";
import { readPolicy } from "../git/local-policy.ts";
import { openRepository } from "../git/repository.ts";
import type { ModelPolicy } from "../policy/policy.ts";
import { dataFetcher } from "../prepare/fetch-data.ts";
import { prepareRevision } from "../prepare/prepare-revision.ts";
import { loadChecks } from "../verdict/discover-checks.ts";
import { exitCodes } from "./exit-codes.ts";
import { onInterrupt } from "./on-interrupt.ts";
import { print, tell } from "./print.ts";
import { progressLine } from "./progress-line.ts";
import type { Format } from "./render.ts";
import { runReport } from "./run-report.ts";
import { showProblems } from "./show-problems.ts";
import { unfinishedProblem } from "./unfinished-problem.ts";
import { noExperiment, noModel, unknownRevision } from "./usage-problems.ts";

export interface RunOptions {
  repository: string;
  revision: string;
  model?: string;
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
  const folder = await mkdtemp(join(tmpdir(), "modelsync-run-"));
  const interrupt = onInterrupt();
  try {
    const finished = await runModels(options, folder, interrupt.signal);
    if (!finished.ok) return { runs: [], problems: finished.problems };
    return { runs: finished.value, problems: await placeRuns(options, finished.value) };
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    interrupt.done();
  }
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
  const opened = await openRepository(options.repository);
  if (!opened.ok) return opened;
  const commit = await opened.value.commit(options.revision);
  if (commit === null) return { ok: false, problems: [unknownRevision("--revision", options.revision)] };
  const snapshot = opened.value.snapshot(commit);
  const policy = await readPolicy(snapshot, options.revision, await loadChecks());
  if (!policy.ok) return policy;
  const { models } = policy.value;
  const chosen = options.model === undefined ? models : models.filter(({ id }) => id === options.model);
  if (chosen.length === 0)
    return {
      ok: false,
      problems: [
        noModel(
          options.model ?? "",
          models.map(({ id }) => id),
        ),
      ],
    };

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
  { id, experiment: experimentPath }: ModelPolicy,
  snapshot: Snapshot,
  folder: string,
  { output, timeout, memory }: RunOptions,
  signal: AbortSignal,
): Promise<Outcome<FinishedRun>> {
  const revision = await prepareRevision(snapshot, experimentPath, estimators);
  if (revision.state === "absent") return { ok: false, problems: [noExperiment(id, experimentPath)] };
  if (revision.state === "problems") return { ok: false, problems: revision.problems };
  await mkdir(folder);
  const data = await dataFetcher(folder)(snapshot, revision.data);
  const staged = output === undefined ? null : join(folder, "run");
  const progress = progressLine();
  const outcome = await superviseRun({ experiment: revision.experiment, experimentPath, data }, staged, {
    seconds: timeout,
    megabytes: memory,
    onProgress: (step) => progress.update(id, step),
    signal,
  }).finally(progress.clear);
  signal.throwIfAborted();
  if (outcome.ended === "stopped") throw new Error("The run was stopped.");
  if (outcome.ended !== "finished") {
    return { ok: false, problems: [unfinishedProblem(outcome, experimentPath, "The experiment")] };
  }
  const { answer } = outcome;
  return answer.ok
    ? { ok: true, value: { model: id, run: answer.value, notes: answer.notes, staged }, notes: [] }
    : answer;
}
