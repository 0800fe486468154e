import { dataName } from "../experiment/data-name.ts";
import type { Experiment } from "../experiment/experiment.ts";
import type { Task } from "../metrics/metric.ts";
import type { Outcome, Problem } from "../problem.ts";
import type { Column, Table } from "../table/table.ts";
import { selectTarget, type TargetSelection } from "./select-target.ts";
import { type NamedColumn, selectionProblem } from "./selection-problems.ts";

/** The parts of a table that an experiment uses. */
export interface Selection {
  target: TargetSelection;
  /** In file order. */
  features: Column[];
  /** The declared key column, or null. */
  key: Column | null;
  /** The column that splits the rows by time or group, or null. */
  split: Column | null;
  /** Rows whose target is known, in file order. */
  rows: Int32Array;
}

/**
 * Finds the columns that an experiment names in a table, or every reason why it cannot be run on it.
 *
 * @param tasks what the experiment's estimator can do
 */
export function selectFeatures(table: Table, experiment: Experiment, tasks: readonly Task[]): Outcome<Selection> {
  const problems: Problem[] = [];
  const notes: Problem[] = [];
  const path = dataName(experiment);
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  const known = [...byName.keys()];
  const hint = whatElse(known, experiment);
  const absent = (role: NamedColumn["role"], key: string, name: string) =>
    selectionProblem.absent({ role, key, name }, known, path, hint);

  const targetColumn = byName.get(experiment.target);
  if (targetColumn === undefined) problems.push(absent("target", "target", experiment.target));
  const key = experiment.key === null ? null : byName.get(experiment.key);
  if (key === undefined) problems.push(absent("key", "key", experiment.key!));
  const { column: splitName } = experiment.split;
  const split = splitName === undefined ? null : byName.get(splitName);
  if (split === undefined) problems.push(absent("split-column", "split.column", splitName!));
  for (const name of experiment.features ?? []) {
    if (!byName.has(name)) problems.push(absent("feature", "features", name));
  }
  // Columns that are gone although they are still excluded or typed do no harm.
  for (const name of experiment.exclude) {
    if (!byName.has(name) && name !== splitName && name !== experiment.time)
      notes.push(absent("excluded-column", "exclude", name));
  }
  for (const name of Object.keys(experiment.columns)) {
    if (!byName.has(name)) notes.push(absent("typed-column", "columns", name));
  }

  const excluded = new Set([experiment.target, ...experiment.exclude, ...(key ? [key.name] : [])]);
  const wanted = experiment.features === null ? null : new Set(experiment.features);
  const features = table.columns.filter(({ name }) => !excluded.has(name) && (wanted === null || wanted.has(name)));
  if (features.length === 0 && problems.length === 0) problems.push(selectionProblem.noFeatures(known, path));
  const target = targetColumn === undefined ? null : selectTarget(targetColumn, experiment, tasks);
  if (target !== null && !target.ok) problems.push(...target.problems);
  if (problems.length > 0 || target === null || !target.ok || key === undefined || split === undefined)
    return { ok: false, problems };

  const { values } = target.value;
  const rows = Int32Array.from({ length: table.rowCount }, (_, row) => row).filter((row) =>
    target.value.task === "regression" ? !Number.isNaN(values[row]) : values[row]! >= 0,
  );
  const missing = table.rowCount - rows.length;
  if (missing > 0) notes.push(selectionProblem.targetMissing(experiment.target, missing, table.rowCount, path));
  return { ok: true, value: { target: target.value, features, key, split, rows }, notes };
}

/** What may be wrong with a file that has no column like the one that is named. */
function whatElse(known: readonly string[], { format }: Experiment): string {
  if (known.length === 1)
    return " The file has a single column: if its cells are separated by spaces, export it with commas.";
  if (!format.header || !looksLikeData(known)) return "";
  return " If the first line is data, put the column names before it, or declare `format.header: false` and `format.names`.";
}

/** Whether most names are numbers, one of them with a fraction: whole numbers may count the columns. */
function looksLikeData(names: readonly string[]): boolean {
  const numbers = names.filter((name) => /^-?\d{1,20}(\.\d{1,20})?$/.test(name));
  return 2 * numbers.length > names.length && numbers.some((name) => name.includes("."));
}
