import { suggestName } from "../experiment/closest-name.ts";
import type { Task } from "../metrics/metric.ts";
import { estimators } from "../models/registry.ts";
import type { Problem } from "../problem.ts";
import { formatCount } from "../words.ts";
import type { JournalEntry } from "./journal.ts";

/** Mistakes in what a search was asked for. */
export const tuneProblems = {
  unknownEstimator: (type: string): Problem => ({
    code: "unknown-estimator",
    where: { path: "--estimator" },
    message: "There is no estimator of this name.",
    written: type.slice(0, 80),
    allowed: [...estimators.keys()].join(", "),
    remedy: suggestName(type, estimators.keys(), "Use one of the allowed names."),
  }),
  wrongTask: (type: string, task: Task): Problem => ({
    code: "estimator-does-not-fit-task",
    where: { path: "--estimator" },
    message: `The estimator cannot learn this target: the task is ${task}.`,
    written: type,
    allowed: [...estimators.values()]
      .flatMap(({ type: name, tasks }) => (tasks.includes(task) ? [name] : []))
      .join(", "),
    remedy: "Use one of the allowed estimators.",
  }),
  fewRows: (groups: number, folds: number): Problem => ({
    code: "too-few-rows-for-folds",
    where: { path: "--folds" },
    message: `The training rows can be put into at most ${formatCount(groups)} folds.`,
    written: String(folds),
    allowed: `at most ${formatCount(groups)} folds`,
    remedy: "Use fewer folds, or more data.",
  }),
  readAsClasses: (type: string): Problem => ({
    code: "target-read-as-classes",
    where: { path: "--estimator" },
    message: `An experiment whose model is ${type} reads this target as classes, so the block does not fit it.`,
    written: type,
    remedy: "Use an estimator that predicts numbers only.",
  }),
  noScore: (entries: readonly JournalEntry[]): Problem => ({
    code: "no-trial-has-a-score",
    where: { path: "--metric" },
    message: `None of ${formatCount(entries.length)} trials could be scored.`,
    written: [...new Set(entries.map(({ reason }) => reason ?? "unknown"))].slice(0, 3).join(" | ").slice(0, 500),
    remedy: "Use fewer folds, another metric, or more data.",
  }),
  spaceExhausted: (trials: number): Problem => ({
    code: "search-space-exhausted",
    where: { path: "--space" },
    message: `The search space has no more points: all ${formatCount(trials)} were tried.`,
    remedy: "Widen the space for more trials.",
  }),
};
