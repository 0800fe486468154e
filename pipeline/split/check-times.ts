import { closestName } from "../experiment/closest-name.ts";
import { dataName } from "../experiment/data-name.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { formatCount } from "../format-count.ts";
import type { Outcome, Problem } from "../problem.ts";
import type { Table } from "../table/table.ts";
import { readTimes } from "./read-times.ts";
import { doubtfulTimes, shorten, type TimeRole, unreadableTimes } from "./time-problems.ts";

/**
 * Whether the column that an experiment declares as `time` says when rows were observed. A cell that is no time is a
 * mistake, as a word in a column that is declared numeric is; a row may lack one, and is then left aside.
 *
 * @param rows those whose target is known; null when that could not be found out
 */
export function checkTimes(
  { columns }: Pick<Table, "columns">,
  experiment: Experiment,
  rows: Int32Array | null,
): Outcome<null> {
  const { time } = experiment;
  // What splits the rows is examined there, and more strictly.
  if (time === undefined || time === experiment.split.column) return { ok: true, value: null, notes: [] };
  const path = dataName(experiment);
  const role: TimeRole = { key: "time", column: time };
  const column = columns.find(({ name }) => name === time);
  if (column === undefined)
    return failed(
      timeAbsent(
        role,
        Array.from(columns, ({ name }) => name),
        path,
      ),
    );
  const read = readTimes(column);
  if (read.unreadable.count > 0) return failed(unreadableTimes(role, read.unreadable, path));
  if (rows === null) return { ok: true, value: null, notes: [] };

  const known = rows.filter((row) => !Number.isNaN(read.values[row]));
  if (known.length === 0) return failed(noTimes(role, rows.length, path));
  const notes = doubtfulTimes(role, read, path);
  if (known.length < rows.length) notes.push(timesMissing(role, rows.length - known.length, rows.length, path));
  const first = read.values[known[0]!];
  if (known.every((row) => read.values[row] === first)) notes.push(oneTime(role, known.length, path));
  return { ok: true, value: null, notes };
}

function failed(problem: Problem): Outcome<never> {
  return { ok: false, problems: [problem] };
}

function timeAbsent({ key, column }: TimeRole, names: readonly string[], path: string): Problem {
  const closest = closestName(column, names);
  const shown = names.slice(0, 20).map(shorten).join(", ");
  return {
    code: "time-absent",
    where: { path, key },
    message: `The data has no column ${shorten(column)}.`,
    written: shorten(column),
    allowed: names.length > 20 ? `${shown}, … (${formatCount(names.length)})` : shown,
    remedy: closest === null ? "Correct time, or add the column." : `Did you mean ${JSON.stringify(shorten(closest))}?`,
  };
}

function noTimes({ key, column }: TimeRole, rows: number, path: string): Problem {
  return {
    code: "time-empty",
    where: { path, key },
    message: `The column of times has no value in any of ${formatCount(rows)} rows.`,
    written: shorten(column),
    allowed: "a time in the rows whose target is known",
    remedy: "Fill in the times, or remove time from the experiment.",
  };
}

function timesMissing({ key, column }: TimeRole, missing: number, rows: number, path: string): Problem {
  return {
    code: "time-missing",
    where: { path, key },
    message: `The column of times has no value in ${formatCount(missing)} of ${formatCount(rows)} rows, which are left aside where times are compared.`,
    written: shorten(column),
    remedy: "Fill in the times, if they are known.",
  };
}

function oneTime({ key, column }: TimeRole, rows: number, path: string): Problem {
  return {
    code: "single-time",
    where: { path, key },
    message: `All ${formatCount(rows)} rows have the same time, so none are later than others.`,
    written: shorten(column),
    allowed: "at least two different times",
    remedy: "Name another column as time, or remove it from the experiment.",
  };
}
