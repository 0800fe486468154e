import { createHash } from "node:crypto";
import { engineVersion } from "./engine-version.ts";
import { evaluate, toScored } from "./evaluate.ts";
import { dataName } from "./experiment/data-name.ts";
import type { Experiment } from "./experiment/experiment.ts";
import { experimentDigest } from "./experiment/experiment-digest.ts";
import { freeMatrix } from "./models/free-matrix.ts";
import { tasksOf } from "./models/registry.ts";
import { preprocess } from "./preprocess/preprocess.ts";
import type { Outcome, Problem } from "./problem.ts";
import type { Progress } from "./progress.ts";
import { type RunYardstick, runKey } from "./run-key.ts";
import type { DataFileName, ModelFile, Run } from "./run-result.ts";
import { rowNames } from "./split/row-names.ts";
import type { DataProfile } from "./table/profile.ts";
import type { Table } from "./table/table.ts";
import { train } from "./train.ts";

export type { DataFileName, ModelFile, Run, RunSummary } from "./run-result.ts";

export interface RunInput {
  experiment: Experiment;
  /** Repository path of the experiment file, for problems. */
  experimentPath: string;
  dataBlob: string;
  dataFiles?: DataFileName[];
  table: Table;
  profile: DataProfile;
  /** What was worth saying when the table was read. */
  notes: Problem[];
}

export interface RunOptions {
  /** Judged by this instead of the experiment's own split, row key and positive class. */
  yardstick?: RunYardstick | null;
  /** The estimator's seed when it is not the split's, to see how much of a result is chance. Not part of the run's key. */
  fitSeed?: number;
  /** Which rows are held out, instead of those that the split would choose, and their names where they are not the experiment's own. */
  division?: { keys?: readonly string[]; heldOut: ReadonlySet<number> };
  onProgress?: (progress: Progress) => void;
}

/**
 * One experiment on one table: select and split, learn the encoding and the model from the training rows, predict the
 * hold-out, measure. The same input gives the same run, byte for byte, but for the timings.
 */
export function runExperiment(input: RunInput, options: RunOptions = {}): Outcome<Run> {
  const { table, dataBlob } = input;
  const yardstick = options.yardstick ?? null;
  const experiment = judgedBy(input.experiment, yardstick);
  const report = (step: string, share: number) => options.onProgress?.({ step, share });
  const clock = stopwatch();
  const writtenPaths = [experiment.data, experiment.labels?.data ?? []].flat();

  report("preparing", 0);
  const tasks = tasksOf(experiment.model);
  const prepared = preprocess(table, experiment, { tasks, ...yardstickKeys(table, yardstick), ...options.division });
  if (!prepared.ok) return prepared;
  const { task, classes, positive, preprocessor, holdout } = prepared.value;
  clock.lap("prepare");

  report("training", 0.1);
  const trained = train(prepared.value.train, experiment.model, {
    seed: options.fitSeed ?? experiment.split.seed,
    path: input.experimentPath,
    onProgress: (share) => report("training", 0.1 + 0.8 * share),
  });
  if (!trained.ok) return trained;
  const fitted = trained.value;
  freeMatrix(prepared.value.train.features);
  clock.lap("train");

  report("evaluating", 0.9);
  const { features } = holdout;
  const output = fitted.predictProbability(features);
  const answers = { task, target: holdout.actual, classes: classes.length };
  const scored = toScored(answers, output, positive === null ? null : classes.indexOf(positive));
  const { metrics, confusion } = evaluate(scored);
  clock.lap("evaluate");

  const serialized = fitted.toJSON();
  freeMatrix(features);
  const model: ModelFile = {
    format: "modelsync-model",
    version: 1,
    task,
    target: experiment.target,
    classes,
    positive,
    preprocessor,
    estimator: serialized,
  };
  const run: Run = {
    key: runKey(input.experiment, dataBlob, yardstick),
    task,
    target: experiment.target,
    classes,
    positive,
    rows: prepared.value.rows,
    features: prepared.value.features,
    metrics,
    confusion,
    profile: input.profile,
    lineage: {
      engine: engineVersion,
      dataPath: dataName(experiment),
      dataBlob,
      ...(input.dataFiles === undefined ? {} : { dataFiles: input.dataFiles }),
      ...(writtenPaths.length === 1 ? {} : { dataPaths: writtenPaths }),
      experimentDigest: experimentDigest(input.experiment),
      modelDigest: createHash("sha256").update(JSON.stringify(model)).digest("hex"),
      seed: experiment.split.seed,
      estimator: experiment.model.type,
      fit: fitted.fit,
      timings: clock.laps,
    },
    notes: [...input.notes, ...prepared.notes, ...trained.notes],
    experiment: input.experiment,
    holdout: {
      keys: holdout.keys,
      rows: Array.from(holdout.rows),
      actual: Array.from(scored.actual),
      predicted: Array.from(scored.predicted),
      probabilities: Array.from(scored.probabilities),
    },
    model,
  };
  return { ok: true, value: run, notes: [] };
}

function judgedBy(experiment: Experiment, yardstick: RunYardstick | null): Experiment {
  return yardstick === null ? experiment : { ...experiment, positive: yardstick.positive, split: yardstick.split };
}

function yardstickKeys(table: Table, yardstick: RunYardstick | null): { keys?: readonly string[] } {
  if (yardstick === null || yardstick.keyColumns === "own") return {};
  return { keys: rowNames(table, yardstick.keyColumns) };
}

function stopwatch() {
  const laps: Record<string, number> = {};
  let last = performance.now();
  const lap = (name: string) => {
    const now = performance.now();
    laps[name] = Math.round((now - last) * 10) / 10;
    last = now;
  };
  return { laps, lap };
}
