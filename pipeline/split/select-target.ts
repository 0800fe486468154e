import { dataName } from "../experiment/data-name.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { formatCount } from "../format-count.ts";
import type { Task } from "../metrics/metric.ts";
import type { Outcome, Problem } from "../problem.ts";
import type { Column } from "../table/table.ts";

/** What is predicted, per table row. */
export interface TargetSelection {
  task: Task;
  /** Class index, −1 where the target is missing; or the value, NaN where missing (regression). */
  values: Int32Array | Float64Array;
  /** Sorted by UTF-16 code unit, only those that occur; empty for regression. */
  classes: string[];
  /** The declared class, else the rarer of two; null for other tasks. */
  positive: string | null;
}

export const maxClasses = 500;
/** A numeric target with fractions and more distinct values than this is a quantity, not a set of classes. */
const maxFractions = 20;

/**
 * Reads the target column as the task needs it: as a number for regression, else as classes. The experiment's `task`
 * decides; without one, what the estimator can do, and where it can do both, the target.
 *
 * @param tasks what the experiment's estimator can do
 */
export function selectTarget(column: Column, experiment: Experiment, tasks: readonly Task[]): Outcome<TargetSelection> {
  const where = { path: dataName(experiment) };
  const fail = (problem: Omit<Problem, "where">): Outcome<never> => ({
    ok: false,
    problems: [{ ...problem, where, written: problem.written ?? column.name }],
  });
  const rows = column.type === "numeric" ? column.values.length : column.codes.length;
  const known = countKnown(column);
  if (known === 0) {
    return fail({
      code: "target-empty",
      message: `The target has no value in any of ${formatCount(rows)} rows.`,
      remedy: "Name the column that holds the labels.",
    });
  }
  if (wantsQuantity(column, experiment.task, tasks)) {
    if (!tasks.includes("regression")) {
      return fail({
        code: "unsupported-task",
        message: "The experiment asks for regression, and the estimator only predicts classes.",
        written: experiment.model.type,
        allowed: "an estimator for regression, or `task: classification`",
        remedy: "Choose another estimator.",
      });
    }
    if (column.type === "numeric") {
      return { ok: true, notes: [], value: { task: "regression", values: column.values, classes: [], positive: null } };
    }
    return fail({
      code: "target-not-numeric",
      message: "Numbers are to be predicted, and the target has values that are none.",
      written: sample(column.categories),
      allowed: "a numeric target, or an estimator for classes",
      remedy: "Correct the target, or choose another estimator.",
    });
  }
  if (!tasks.includes("binary") && !tasks.includes("multiclass")) {
    return fail({
      code: "unsupported-task",
      message: "The experiment asks for classification, and the estimator only predicts numbers.",
      written: experiment.model.type,
      allowed: "an estimator for classes, or `task: regression`",
      remedy: "Choose another estimator.",
    });
  }
  if (column.type === "categorical" && column.categories.every((text) => datePattern.test(text))) {
    return fail({
      code: "target-is-date",
      message: "The target holds dates, which are neither classes nor numbers.",
      written: sample(column.categories),
      remedy: "Derive a class or a number from the date and name that column as target.",
    });
  }
  const { values, classes } = column.type === "numeric" ? numberClasses(column.values) : usedClasses(column);
  if (isQuantity(column)) {
    return fail({
      code: "target-is-continuous",
      message: `The target has ${formatCount(classes.length)} different numbers with fractions; the estimator predicts classes.`,
      written: sample(classes),
      remedy:
        "Choose an estimator for regression with `task: regression`, or declare the target categorical in `columns`.",
    });
  }
  if (classes.length > maxClasses) {
    return fail({
      code: "too-many-classes",
      message: `The target has ${formatCount(classes.length)} different values.`,
      written: sample(classes),
      allowed: `at most ${formatCount(maxClasses)} classes`,
      remedy: "Name a column of classes as target; an identifier or a quantity is none.",
    });
  }
  if (classes.length === 1) {
    return fail({
      code: "single-class",
      message: "All rows have the same target value, so there is nothing to learn.",
      written: sample(classes),
      allowed: "at least two classes",
      remedy: "Check how the data was selected.",
    });
  }
  const task = classes.length === 2 ? "binary" : "multiclass";
  if (!tasks.includes(task)) {
    return fail({
      code: "unsupported-task",
      message: `The estimator cannot predict ${formatCount(classes.length)} classes.`,
      allowed: tasks.join(", "),
      remedy: "Choose another estimator.",
    });
  }
  if (experiment.positive === null) {
    const positive = task === "binary" ? rarer(values, classes) : null;
    return { ok: true, notes: [], value: { task, values, classes, positive } };
  }
  const positive = classes.find((name) => sameValue(name, experiment.positive!));
  if (positive === undefined) {
    return fail({
      code: "positive-absent",
      message: "The positive class does not occur in the target.",
      written: experiment.positive,
      allowed: sample(classes),
      remedy: "Write one of the target's values in `positive`.",
    });
  }
  return { ok: true, notes: [], value: { task, values, classes, positive: task === "binary" ? positive : null } };
}

/** The task as asked for; else by what the estimator can do, and by the target where it can do both. */
function wantsQuantity(column: Column, asked: Experiment["task"], tasks: readonly Task[]): boolean {
  if (asked !== null) return asked === "regression";
  const classes = tasks.includes("binary") || tasks.includes("multiclass");
  return !classes || (tasks.includes("regression") && isQuantity(column));
}

/** Numbers with fractions, more different ones than classes would have. */
function isQuantity(column: Column): boolean {
  if (column.type !== "numeric" || !column.values.some((value) => value % 1 !== 0 && !Number.isNaN(value)))
    return false;
  const distinct = new Set<number>();
  for (const value of column.values) {
    if (!Number.isNaN(value)) distinct.add(value);
    if (distinct.size > maxFractions) return true;
  }
  return false;
}

const datePattern = /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}([ T].*)?$|^\d{1,2}[-/.]\d{1,2}[-/.]\d{4}( .*)?$/;

function countKnown(column: Column): number {
  return column.type === "numeric"
    ? column.values.reduce((count, value) => (Number.isNaN(value) ? count : count + 1), 0)
    : column.codes.reduce((count, code) => (code < 0 ? count : count + 1), 0);
}

/** Numbers become classes under their shortest text: 1.0 and 1 are the class "1". */
function numberClasses(numbers: Float64Array): { values: Int32Array; classes: string[] } {
  const distinct = [...new Set(numbers)].filter((value) => !Number.isNaN(value));
  const classes = distinct.map((value) => String(value + 0)).sort();
  const index = new Map(classes.map((name, i) => [Number(name), i]));
  return { values: Int32Array.from(numbers, (value) => index.get(value + 0) ?? -1), classes };
}

function usedClasses(column: Extract<Column, { type: "categorical" }>): { values: Int32Array; classes: string[] } {
  return { values: column.codes, classes: column.categories };
}

function rarer(values: Int32Array, classes: string[]): string {
  const ones = values.reduce((count, value) => (value === 1 ? count + 1 : count), 0);
  const zeros = values.reduce((count, value) => (value === 0 ? count + 1 : count), 0);
  return ones <= zeros ? classes[1]! : classes[0]!;
}

function sameValue(name: string, written: string): boolean {
  const text = written.trim();
  return name === text || (text !== "" && Number(text) === Number(name));
}

function sample(texts: readonly string[]): string {
  const shown = texts.slice(0, 5).map((text) => (text.length > 40 ? `${text.slice(0, 39)}…` : text));
  return shown.join(", ") + (texts.length > 5 ? ", …" : "");
}
