import { dataName } from "../experiment/data-name.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { type Outcome, refused } from "../problem.ts";
import type { Table } from "../table/table.ts";
import { readTimes } from "./read-times.ts";
import { selectionProblem } from "./selection-problems.ts";
import { doubtfulTimes, type TimeRole, timeProblem } from "./time-problems.ts";

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
  if (column === undefined) {
    const known = Array.from(columns, ({ name }) => name);
    return refused(selectionProblem.absent({ role: "time", key: "time", name: time }, known, path));
  }
  const read = readTimes(column);
  if (read.unreadable.count > 0) return refused(timeProblem.unreadable(role, read.unreadable, path));
  if (rows === null) return { ok: true, value: null, notes: [] };

  const known = rows.filter((row) => !Number.isNaN(read.values[row]));
  if (known.length === 0) return refused(timeProblem.none(role, rows.length, path));
  const notes = doubtfulTimes(role, read, path);
  if (known.length < rows.length) notes.push(timeProblem.missing(role, rows.length - known.length, rows.length, path));
  const first = read.values[known[0]!];
  if (known.every((row) => read.values[row] === first)) notes.push(timeProblem.single(role, known.length, path));
  return { ok: true, value: null, notes };
}
