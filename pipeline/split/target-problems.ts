import type { Task } from "../metrics/metric.ts";
import type { Problem } from "../problem.ts";
import { formatCount, shortenText } from "../words.ts";

/** What is wrong with a target, wherever it is. Without `written` it is the column as a whole. */
export type TargetProblem = Omit<Problem, "where">;

/** Why a column cannot be predicted as an experiment asks for it. */
export const targetProblem = {
  empty: (rows: number): TargetProblem => ({
    code: "target-empty",
    message: `The target has no value in any of ${formatCount(rows)} rows.`,
    remedy: "Name the column that holds the labels.",
  }),
  onlyClasses: (estimator: string): TargetProblem => ({
    code: "unsupported-task",
    message: "The experiment asks for regression, and the estimator only predicts classes.",
    written: estimator,
    allowed: "an estimator for regression, or `task: classification`",
    remedy: "Choose another estimator.",
  }),
  onlyNumbers: (estimator: string): TargetProblem => ({
    code: "unsupported-task",
    message: "The experiment asks for classification, and the estimator only predicts numbers.",
    written: estimator,
    allowed: "an estimator for classes, or `task: regression`",
    remedy: "Choose another estimator.",
  }),
  notNumeric: (values: readonly string[]): TargetProblem => ({
    code: "target-not-numeric",
    message: "Numbers are to be predicted, and the target has values that are none.",
    written: sample(values),
    allowed: "a numeric target, or an estimator for classes",
    remedy: "Correct the target, or choose another estimator.",
  }),
  dates: (values: readonly string[]): TargetProblem => ({
    code: "target-is-date",
    message: "The target holds dates, which are neither classes nor numbers.",
    written: sample(values),
    remedy: "Derive a class or a number from the date and name that column as target.",
  }),
  continuous: (values: readonly string[]): TargetProblem => ({
    code: "target-is-continuous",
    message: `The target has ${formatCount(values.length)} different numbers with fractions; the estimator predicts classes.`,
    written: sample(values),
    remedy:
      "Choose an estimator for regression with `task: regression`, or declare the target categorical in `columns`.",
  }),
  tooManyClasses: (classes: readonly string[], most: number): TargetProblem => ({
    code: "too-many-classes",
    message: `The target has ${formatCount(classes.length)} different values.`,
    written: sample(classes),
    allowed: `at most ${formatCount(most)} classes`,
    remedy: "Name a column of classes as target; an identifier or a quantity is none.",
  }),
  singleClass: (classes: readonly string[]): TargetProblem => ({
    code: "single-class",
    message: "All rows have the same target value, so there is nothing to learn.",
    written: sample(classes),
    allowed: "at least two classes",
    remedy: "Check how the data was selected.",
  }),
  otherTask: (classes: readonly string[], tasks: readonly Task[]): TargetProblem => ({
    code: "unsupported-task",
    message: `The estimator cannot predict ${formatCount(classes.length)} classes.`,
    allowed: tasks.join(", "),
    remedy: "Choose another estimator.",
  }),
  positiveAbsent: (positive: string, classes: readonly string[]): TargetProblem => ({
    code: "positive-absent",
    message: "The positive class does not occur in the target.",
    written: positive,
    allowed: sample(classes),
    remedy: "Write one of the target's values in `positive`.",
  }),
};

function sample(texts: readonly string[]): string {
  const shown = texts.slice(0, 5).map((text) => shortenText(text, 40));
  return shown.join(", ") + (texts.length > 5 ? ", …" : "");
}
