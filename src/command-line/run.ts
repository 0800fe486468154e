import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readData } from "../../pipeline/data/read-data.ts";
import { refuseFolder } from "../../pipeline/export/refuse-folder.ts";
import { writeRun } from "../../pipeline/export/write-run.ts";
import { estimators } from "../../pipeline/models/registry.ts";
import type { Outcome, Problem } from "../../pipeline/problem.ts";
import { dataLineage } from "../../pipeline/revision-data.ts";
import { type Run, runExperiment } from "../../pipeline/run.ts";
import type { Snapshot } from "../facts/snapshot.ts";
import { readPolicy } from "../git/local-policy.ts";
import { openRepository } from "../git/repository.ts";
import type { ModelPolicy } from "../policy/policy.ts";
import { dataFetcher } from "../review/fetch-data.ts";
import { prepareRevision } from "../review/prepare-revision.ts";
import { loadChecks } from "../verdict/discover-checks.ts";
import { exitCodes } from "./exit-codes.ts";
import { print, tell } from "./print.ts";
import { progressLine } from "./progress-line.ts";
import type { Format } from "./render.ts";
import { runReport } from "./run-report.ts";
import { showProblems } from "./show-problems.ts";
import { noExperiment, noModel, unknownRevision } from "./usage-problems.ts";

export interface RunOptions {
  repository: string;
  revision: string;
  model?: string;
  output?: string;
  format: Format;
}

/** `modelsync run`: runs the experiments of one revision. Answers the exit code. */
export async function run(options: RunOptions): Promise<number> {
  const runs = await runModels(options);
  if (!runs.ok) {
    tell(showProblems(runs.problems));
    return exitCodes.cannotEvaluate;
  }
  const problems: Problem[] = [];
  for (const { model, run } of runs.value) {
    const folder = outputFolder(options, model);
    const written = folder === null ? null : await writeRun(folder, run);
    if (written?.ok === false) problems.push(...written.problems);
    else if (written !== null && written.notes.length > 0) tell(showProblems(written.notes));
  }
  if (problems.length > 0) tell(showProblems(problems));
  print(runReport(options.format, runs.value));
  return problems.length > 0 ? exitCodes.cannotEvaluate : exitCodes.pass;
}

/** One folder per model, unless one model is named. */
function outputFolder({ output, model }: RunOptions, id: string): string | null {
  if (output === undefined) return null;
  return model === undefined ? join(output, id) : output;
}

async function runModels(options: RunOptions): Promise<Outcome<{ model: string; run: Run }[]>> {
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

  const runs: { model: string; run: Run }[] = [];
  for (const model of chosen) {
    const outcome = await runModel(model, snapshot);
    if (outcome.ok) runs.push({ model: model.id, run: outcome.value });
    else problems.push(...outcome.problems);
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: runs, notes: [] };
}

async function runModel(model: ModelPolicy, snapshot: Snapshot): Promise<Outcome<Run>> {
  const revision = await prepareRevision(snapshot, model.experiment, estimators);
  if (revision.state === "absent") return { ok: false, problems: [noExperiment(model.id, model.experiment)] };
  if (revision.state === "problems") return { ok: false, problems: revision.problems };
  const { experiment, data } = revision;
  const folder = await mkdtemp(join(tmpdir(), "modelsync-data-"));
  const progress = progressLine();
  try {
    const fetched = await dataFetcher(folder)(snapshot, data);
    const read = await readData(fetched, experiment);
    if (!read.ok) return read;
    return runExperiment(
      { experiment, experimentPath: model.experiment, ...dataLineage(fetched), ...read.value, notes: read.notes },
      { onProgress: (step) => progress.update(model.id, step) },
    );
  } finally {
    progress.clear();
    await rm(folder, { recursive: true, force: true });
  }
}
