import { dataName } from "../experiment/data-name.ts";
import type { Experiment } from "../experiment/experiment.ts";
import type { Task } from "../metrics/metric.ts";
import type { Outcome } from "../problem.ts";
import { type Column, columnLength, countMissing } from "../table/table.ts";
import { type TargetProblem, targetProblem } from "./target-problems.ts";

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
  const found = readTarget(column, experiment, tasks);
  if (!("code" in found)) return { ok: true, value: found, notes: [] };
  return { ok: false, problems: [{ written: column.name, ...found, where: { path: dataName(experiment) } }] };
}

function readTarget(
  column: Column,
  { model, task, positive }: Experiment,
  tasks: readonly Task[],
): TargetSelection | TargetProblem {
  const rows = columnLength(column);
  if (countMissing(column) === rows) return targetProblem.empty(rows);
  if (!wantsQuantity(column, task, tasks)) {
    const classes = tasks.includes("binary") || tasks.includes("multiclass");
    return classes ? readClasses(column, positive, tasks) : targetProblem.onlyNumbers(model.type);
  }
  if (!tasks.includes("regression")) return targetProblem.onlyClasses(model.type);
  if (column.type === "categorical") return targetProblem.notNumeric(column.categories);
  return { task: "regression", values: column.values, classes: [], positive: null };
}

function readClasses(
  column: Column,
  declared: Experiment["positive"],
  tasks: readonly Task[],
): TargetSelection | TargetProblem {
  if (column.type === "categorical" && column.categories.every((text) => datePattern.test(text)))
    return targetProblem.dates(column.categories);
  const { values, classes } =
    column.type === "numeric" ? numberClasses(column.values) : { values: column.codes, classes: column.categories };
  if (isQuantity(column)) return targetProblem.continuous(classes);
  if (classes.length > maxClasses) return targetProblem.tooManyClasses(classes, maxClasses);
  if (classes.length === 1) return targetProblem.singleClass(classes);
  const task = classes.length === 2 ? "binary" : "multiclass";
  if (!tasks.includes(task)) return targetProblem.otherTask(classes, tasks);
  const positive = declared === null ? rarer(values, classes) : classes.find((name) => sameValue(name, declared));
  if (positive === undefined) return targetProblem.positiveAbsent(declared!, classes);
  return { task, values, classes, positive: task === "binary" ? positive : null };
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

/** Numbers become classes under their shortest text: 1.0 and 1 are the class "1". */
function numberClasses(numbers: Float64Array): { values: Int32Array; classes: string[] } {
  const distinct = [...new Set(numbers)].filter((value) => !Number.isNaN(value));
  const classes = distinct.map((value) => String(value + 0)).sort();
  const index = new Map(classes.map((name, i) => [Number(name), i]));
  return { values: Int32Array.from(numbers, (value) => index.get(value + 0) ?? -1), classes };
}

/** Of two classes, the one with fewer rows. */
function rarer(values: Int32Array, classes: string[]): string {
  const ones = values.reduce((count, value) => (value === 1 ? count + 1 : count), 0);
  const zeros = values.reduce((count, value) => (value === 0 ? count + 1 : count), 0);
  return ones <= zeros ? classes[1]! : classes[0]!;
}

function sameValue(name: string, written: string): boolean {
  const text = written.trim();
  return name === text || (text !== "" && Number(text) === Number(name));
}
