import { dataName } from "../experiment/data-name.ts";
import type { Problem } from "../problem.ts";
import { appendTables } from "../read/append-tables.ts";
import type { ReadTable } from "../read/read-table.ts";
import { dataLineage } from "../revision-data.ts";
import { runExperiment } from "../run.ts";
import { type RunYardstick, runKey } from "../run-key.ts";
import { readTimes } from "../split/read-times.ts";
import { rowNames } from "../split/row-names.ts";
import type { Column, Table } from "../table/table.ts";
import { takeRows } from "../table/take-rows.ts";
import type { LaterRows } from "./later-rows.ts";
import type { CachedRun, ReadExperiment, RunContext } from "./run-through-cache.ts";

/**
 * Trains an experiment on the rows of its table before the cut and judges it on later rows of another table, through the
 * cache. The hold-out's rows are those of that other table.
 *
 * @param needed columns that the experiment learns from: each must be in both tables, of one type
 */
export function runBeforeCut(
  { experiment, data, read }: ReadExperiment,
  later: LaterRows,
  needed: readonly string[],
  judgedBy: RunYardstick,
  { cache, experimentPath, onProgress }: RunContext,
): CachedRun {
  if (!read.ok) return { run: null, problems: read.problems };
  const yardstick = { ...judgedBy, later: { cut: later.cut, head: later.head.key } };
  const known = cache.get(runKey(experiment, data.blob, yardstick));
  if (known !== null) return { run: known, cached: true };
  const path = dataName(experiment);
  const { table, profile } = read.value;
  const columns = sharedColumns(table, later.table);
  const used = [experiment.target, later.column, ...(experiment.key === null ? [] : [experiment.key]), ...needed];
  const absent = used.filter((name) => !columns.includes(name));
  if (absent.length > 0) return { run: null, problems: absent.map((name) => notInBoth(name, path)) };
  const times = readTimes(table.columns.find(({ name }) => name === later.column)!).values;
  const before = Int32Array.from(times.keys()).filter((row) => times[row]! < later.cut);
  const joined = appendTables([
    pick(takeRows(table, before), columns, read.value),
    pick(takeRows(later.table, Int32Array.from(later.rows)), columns, read.value),
  ]);
  const names = rowNames(table, null);
  const keys = [...Array.from(before, (row) => names[row]!), ...later.keys];
  const heldOut = new Set(later.rows.map((_, at) => before.length + at));
  const ran = runExperiment(
    { experiment, experimentPath, ...dataLineage(data), table: joined.table, profile, notes: read.notes },
    { yardstick, division: { keys, heldOut }, onProgress: ({ step, share }) => onProgress(step, share) },
  );
  if (!ran.ok) return { run: null, problems: ran.problems };
  const { holdout } = ran.value;
  const rows = holdout.rows.map((row) => later.rows[row - before.length]!);
  const run = { ...ran.value, holdout: { ...holdout, rows } };
  cache.set(run);
  return { run, cached: false };
}

/** Names of the columns that both tables have and read alike. */
function sharedColumns(one: Table, other: Table): string[] {
  const types = new Map(other.columns.map(({ name, type }) => [name, type]));
  return one.columns.filter(({ name, type }) => types.get(name) === type).map(({ name }) => name);
}

function pick(table: Table, names: readonly string[], { profile, bytes }: ReadTable): ReadTable {
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  const columns = names.map((name): Column => byName.get(name)!);
  return { table: { ...table, columns }, profile, bytes };
}

function notInBoth(name: string, path: string): Problem {
  const written = name.length > 60 ? `${name.slice(0, 59)}…` : name;
  return {
    code: "column-not-in-both",
    where: { path },
    message: `Column "${written}" is not in the data of both sides, or is not read as the same type.`,
    written,
    remedy: "Keep the column and its type, or change them in a pull request of its own.",
  };
}
