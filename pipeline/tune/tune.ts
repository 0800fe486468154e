import { createHash } from "node:crypto";
import { defaultModel } from "../compare-models/candidates.ts";
import { primaryMetric } from "../compare-models/primary-metric.ts";
import { engineVersion } from "../engine-version.ts";
import type { Experiment, ModelOptions } from "../experiment/experiment.ts";
import { experimentDigest } from "../experiment/experiment-digest.ts";
import type { Task } from "../metrics/metric.ts";
import { estimators, tasksOf } from "../models/registry.ts";
import { preprocess } from "../preprocess/preprocess.ts";
import { type Outcome, problemsOf, refused } from "../problem.ts";
import type { Progress } from "../progress.ts";
import { groupsOfRows } from "../split/groups-of-rows.ts";
import { selectTarget } from "../split/select-target.ts";
import type { Table } from "../table/table.ts";
import { assignFolds } from "./assign-folds.ts";
import { assignTimeFolds } from "./assign-time-folds.ts";
import { crossValidate } from "./cross-validate.ts";
import { type Journal, type JournalEntry, noJournal, strangeEntry } from "./journal.ts";
import { judgeFinal } from "./judge-final.ts";
import { makeFolds } from "./make-folds.ts";
import { parseSpace } from "./parse-space.ts";
import { proposeTrials } from "./propose-trials.ts";
import { runSearch } from "./run-search.ts";
import { planSearch, type SearchKind } from "./search-plan.ts";
import type { SearchSpace } from "./search-space.ts";
import { trainingData } from "./training-data.ts";
import { tuneProblems } from "./tune-problems.ts";
import type { Tuning } from "./tuning.ts";

export interface TuneInput {
  experiment: Experiment;
  /** Repository path of the experiment file, for problems. */
  experimentPath: string;
  /** Git blob id of the data file. */
  dataBlob: string;
  table: Table;
}

export interface TuneOptions {
  /** Default: the experiment's own. */
  estimator?: string;
  /** Id of the metric to tune for; default: the task's. */
  metric?: string;
  search: SearchKind;
  trials: number;
  /** Wall-clock budget of the search, over all sittings. */
  seconds: number;
  /** Unsigned 32-bit. Decides folds and trials; the hold-out is the experiment's. */
  seed: number;
  folds: number;
  /** Dimensions as written for `parseSpace`. */
  space: readonly string[];
  onProgress?: (progress: Progress) => void;
}

/**
 * Opens the journal of the search that a key names, or says why it cannot. Called when everything else is known to be
 * in order.
 */
export type OpenJournal = (key: string) => Outcome<Journal>;

/**
 * Looks for better options of one estimator. The search sees training rows only: every trial is cross-validated on them,
 * with its own preprocessing per fold. The hold-out is looked at once, at the end, to set the best model beside the
 * experiment's.
 */
export function tune(input: TuneInput, options: TuneOptions, openJournal?: OpenJournal): Outcome<Tuning> {
  const { experiment, experimentPath: path, table } = input;
  const tasks = tasksOf(experiment.model);
  const prepared = preprocess(table, experiment, { tasks });
  const type = options.estimator ?? experiment.model.type;
  const estimator = estimators.get(type);
  if (estimator === undefined) return refused(...problemsOf(prepared), tuneProblems.unknownEstimator(type));
  const space = parseSpace(type, options.space);
  if (!prepared.ok || !space.ok) return refused(...problemsOf(prepared, space));
  const { task, rows } = prepared.value;
  const metric = primaryMetric(task, options.metric);
  const data = trainingData(table, experiment, prepared.value);
  const groups = data.times === null ? new Set(data.keys).size : new Set(data.times).size - 1;
  const problems = [
    ...(estimator.tasks.includes(task) ? [] : [tuneProblems.wrongTask(type, task)]),
    ...(metric.ok ? [] : metric.problems),
    ...(groups < options.folds ? [tuneProblems.fewRows(groups, options.folds)] : []),
  ];
  if (problems.length > 0 || !metric.ok) return { ok: false, problems };

  const start = type === experiment.model.type ? experiment.model : defaultModel(type);
  const trials = proposeTrials(start, space.value, options.trials, options.seed);
  const opened = openJournal?.(searchKey(input, options, start, space.value, metric.value.id));
  if (opened !== undefined && !opened.ok) return opened;
  const journal = opened?.value ?? noJournal;
  const strange = strangeEntry(journal, trials, "--output");
  if (strange !== null) return { ok: false, problems: [strange] };

  const { folds, seed } = options;
  const dealt = assignFolds(data.keys, task === "regression" ? null : data.target, folds, seed);
  const foldAt = makeFolds(data, data.times === null ? dealt : { ...dealt, fold: assignTimeFolds(data.times, folds) });
  const { stopped, entries } = runSearch({
    trials,
    rungs: planSearch(options.search, trials.length, Math.floor((rows.train * (folds - 1)) / folds)),
    direction: metric.value.direction,
    seconds: options.seconds,
    journal,
    evaluate: (model, share) =>
      crossValidate(model, { count: folds, get: (which) => foldAt(which, share) }, metric.value, { seed, path }),
    onTrial: (done, planned, best) =>
      options.onProgress?.({
        step: stepOf(done, planned, metric.value.title, best),
        share: Math.min(1, done / planned),
      }),
  });
  const best = bestOf(entries, metric.value.direction);
  if (best === null) return { ok: false, problems: [tuneProblems.noScore(entries)] };

  options.onProgress?.({ step: "judging on the hold-out", share: 1 });
  const models = { written: experiment.model, tuned: best.model };
  const columnOf = (name: string) => table.columns.find((column) => column.name === name) ?? null;
  const grouped = groupsOfRows(prepared.value.holdout.rows, experiment, columnOf);
  const final = judgeFinal(prepared.value, models, metric.value, {
    seed: experiment.split.seed,
    path,
    groups: grouped,
  });
  const value: Tuning = {
    task,
    target: experiment.target,
    positive: prepared.value.positive,
    metric: { id: metric.value.id, title: metric.value.title, direction: metric.value.direction },
    estimator: type,
    search: options.search,
    seed,
    folds,
    rows: { train: rows.train, holdout: rows.holdout },
    space: space.value,
    budget: { trials: options.trials, seconds: options.seconds },
    stopped,
    trials: entries.map(withoutTime),
    best: withoutTime(best),
    written: experiment.model,
    final,
    notes: [
      ...prepared.notes,
      ...(trials.length < options.trials ? [tuneProblems.spaceExhausted(trials.length)] : []),
      ...(taskOf(input, best.model) === task ? [] : [tuneProblems.readAsClasses(type)]),
    ],
  };
  return { ok: true, value, notes: [] };
}

/** The task that the experiment has with another model: the estimator decides whether a number is a class. */
function taskOf({ experiment, table }: TuneInput, model: ModelOptions): Task | null {
  const target = table.columns.find(({ name }) => name === experiment.target);
  const tasks = estimators.get(model.type)?.tasks ?? [];
  const selected = target && selectTarget(target, { ...experiment, model }, tasks);
  return selected?.ok ? selected.value.task : null;
}

/** Names a search by everything its trials depend on. More trials or more time continue the same search. */
function searchKey(
  { experiment, dataBlob }: TuneInput,
  { search, seed, folds }: TuneOptions,
  start: ModelOptions,
  space: SearchSpace,
  metric: string,
): string {
  const parts = [engineVersion, experimentDigest(experiment), dataBlob, start, space, metric, search, seed, folds];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

/** The best of those that were judged on the most rows; of equals the earliest. */
function bestOf(entries: readonly JournalEntry[], direction: "higher" | "lower"): JournalEntry | null {
  const scored = entries.filter(({ score }) => score !== null);
  const most = Math.max(...scored.map(({ share }) => share));
  const gain = ({ score }: JournalEntry) => (direction === "higher" ? score! : -score!);
  return (
    scored.filter(({ share }) => share === most).toSorted((a, b) => gain(b) - gain(a) || a.trial - b.trial)[0] ?? null
  );
}

function withoutTime({ seconds: _, ...rest }: JournalEntry): Omit<JournalEntry, "seconds"> {
  return rest;
}

function stepOf(done: number, planned: number, title: string, best: number | null): string {
  const sofar = best === null ? "" : `, best ${title} ${best.toFixed(4)}`;
  return `trial ${done + 1} of ${planned}${sofar}`;
}
