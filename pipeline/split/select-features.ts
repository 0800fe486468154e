import { closestName } from "../experiment/closest-name.ts";
import { dataName } from "../experiment/data-name.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { formatCount } from "../format-count.ts";
import type { Task } from "../metrics/metric.ts";
import type { Outcome, Problem } from "../problem.ts";
import type { Column, Table } from "../table/table.ts";
import { selectTarget, type TargetSelection } from "./select-target.ts";

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
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  const single = " The file has a single column: if its cells are separated by spaces, export it with commas.";
  const unnamed =
    byName.size === 1
      ? single
      : experiment.format.header && looksLikeData([...byName.keys()])
        ? " If the first line is data, put the column names before it, or declare `format.header: false` and `format.names`."
        : "";
  const absent = (role: string, key: string, name: string): Problem => {
    const closest = closestName(name, byName.keys());
    return {
      code: `${role}-absent`,
      where: { path: dataName(experiment), key },
      message: `The data has no column ${shorten(name)}.`,
      written: shorten(name),
      allowed: list([...byName.keys()]),
      remedy:
        closest === null ? `Correct ${key}, or add the column.${unnamed}` : `Did you mean ${quote(shorten(closest))}?`,
    };
  };

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
  if (features.length === 0 && problems.length === 0) {
    problems.push({
      code: "no-features",
      where: { path: dataName(experiment) },
      message: "No column is left to learn from.",
      written: list([...byName.keys()]),
      allowed: "at least one column besides target, key and excluded ones",
      remedy: "Add columns, or shorten `exclude`.",
    });
  }
  const target = targetColumn === undefined ? null : selectTarget(targetColumn, experiment, tasks);
  if (target !== null && !target.ok) problems.push(...target.problems);
  if (problems.length > 0 || target === null || !target.ok || key === undefined || split === undefined)
    return { ok: false, problems };

  const { values } = target.value;
  const known = Int32Array.from({ length: table.rowCount }, (_, row) => row).filter((row) =>
    target.value.task === "regression" ? !Number.isNaN(values[row]) : values[row]! >= 0,
  );
  const missing = table.rowCount - known.length;
  if (missing > 0) {
    notes.push({
      code: "target-missing",
      where: { path: dataName(experiment) },
      message: `${formatCount(missing)} of ${formatCount(table.rowCount)} rows ${missing === 1 ? "has no target and was" : "have no target and were"} left out.`,
      written: shorten(experiment.target),
      remedy: missing === 1 ? "Label this row, or remove it." : "Label these rows, or remove them.",
    });
  }
  return { ok: true, value: { target: target.value, features, key, split, rows: known }, notes };
}

function shorten(name: string): string {
  return name.length > 60 ? `${name.slice(0, 59)}…` : name;
}

function list(names: readonly string[]): string {
  return names.slice(0, 20).map(shorten).join(", ") + (names.length > 20 ? `, … (${formatCount(names.length)})` : "");
}

/** A name with spaces or signs is quoted, so that one sees where it ends. */
function quote(name: string): string {
  return /^[\p{L}\p{N}_.-]+$/u.test(name) ? name : JSON.stringify(name);
}

/** Whether most names are numbers, one of them with a fraction: whole numbers may count the columns. */
function looksLikeData(names: readonly string[]): boolean {
  const numbers = names.filter((name) => /^-?\d{1,20}(\.\d{1,20})?$/.test(name));
  return 2 * numbers.length > names.length && numbers.some((name) => name.includes("."));
}
