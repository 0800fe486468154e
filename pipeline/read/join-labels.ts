import { findRows } from "../match/find-rows.ts";
import type { Outcome, Problem } from "../problem.ts";
import { profileTable } from "../table/profile-table.ts";
import type { Column, Table } from "../table/table.ts";
import { labelProblem, labelsNotFound } from "./label-problems.ts";
import type { ReadTable } from "./read-table.ts";

/**
 * Puts the columns of a table of labels beside the rows of another, matched by the content of the key columns: `007` and
 * `7` are the same when one of the tables has only numbers there. Several rows may share a label; a label row that is
 * there twice is a problem, because nobody could say which one counts. A row without a label keeps missing cells, so it is
 * left out later as every row without a target.
 *
 * @param keys names of the key columns, which both tables need; at least one
 */
export function joinLabels(
  data: ReadTable,
  labels: Table,
  keys: readonly string[],
  paths: { data: string; labels: string },
): Outcome<ReadTable> {
  const { table } = data;
  const problems: Problem[] = [
    ...keys.filter((name) => !has(table, name)).map((name) => labelProblem.keyAbsent(name, paths.data)),
    ...keys.filter((name) => !has(labels, name)).map((name) => labelProblem.keyAbsent(name, paths.labels)),
  ];
  const added = labels.columns.filter(({ name }) => !keys.includes(name));
  const repeated = added.filter(({ name }) => has(table, name)).map(({ name }) => name);
  if (repeated.length > 0) problems.push(labelProblem.columnsRepeated(repeated, paths));
  if (added.length === 0) problems.push(labelProblem.noColumns(paths.labels));
  if (problems.length > 0) return { ok: false, problems };

  const { rows, repeated: twice } = findRows(table, labels, keys);
  if (twice > 0)
    return { ok: false, problems: [labelProblem.keysRepeated(twice, labels.rowCount, keys, paths.labels)] };

  const used = new Set(rows);
  used.delete(-1);
  if (used.size === 0) return { ok: false, problems: [labelProblem.noneFound(keys, paths)] };
  const unlabeled = rows.reduce((count, row) => (row < 0 ? count + 1 : count), 0);
  const unused = labels.rowCount - used.size;
  const columns = [...table.columns, ...added.map((column) => pickRows(column, rows))];
  const joined = { rowCount: table.rowCount, columns };
  return {
    ok: true,
    value: { table: joined, profile: profileTable(joined, data.profile.format), bytes: data.bytes },
    notes: labelsNotFound({ unlabeled, rows: table.rowCount, unused, labels: labels.rowCount }, paths),
  };
}

function has({ columns }: Table, name: string): boolean {
  return columns.some((column) => column.name === name);
}

/** The cells of the given rows; −1 is no row and gives a missing cell. */
function pickRows(column: Column, rows: Int32Array): Column {
  const { name, type } = column;
  if (type === "numeric") {
    return { name, type, values: Float64Array.from(rows, (row) => (row < 0 ? Number.NaN : column.values[row]!)) };
  }
  const all = Int32Array.from(rows, (row) => (row < 0 ? -1 : column.codes[row]!));
  // Categories that only rows without features have do not occur in the table.
  const kept = [...new Set(all)].filter((code) => code >= 0).sort((a, b) => a - b);
  const position = new Map(kept.map((code, at) => [code, at]));
  return {
    name,
    type,
    codes: all.map((code) => position.get(code) ?? -1),
    categories: kept.map((code) => column.categories[code]!),
  };
}
