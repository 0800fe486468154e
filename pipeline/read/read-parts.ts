import type { CsvFormat } from "../experiment/experiment.ts";
import type { Outcome, Problem } from "../problem.ts";
import { appendTables } from "./append-tables.ts";
import type { Part } from "./part.ts";
import { columnsDiffer, fewerNotes, formatsDiffer, overAll, typesDiffer } from "./parts-problems.ts";
import { defaultReadLimits, type ReadLimits } from "./read-limits.ts";
import { type ReadOptions, type ReadTable, readTable } from "./read-table.ts";

/** A file of a repository that lies on this machine. */
export interface LocalFile {
  /** Repository path, for messages. */
  path: string;
  file: string;
}

/**
 * Reads several files into one table, their rows below one another, as if they were one file: the limits hold for all of
 * them together, every file needs the same columns (in any order), and a column is numeric when it is in every file.
 *
 * @param files at least one; a single one is read as `readTable` does
 */
export async function readParts(
  files: readonly LocalFile[],
  format: CsvFormat,
  options: ReadOptions,
): Promise<Outcome<ReadTable>> {
  const [first] = files;
  if (first === undefined) throw new Error("there is no file to read");
  if (files.length === 1) return readTable(first.file, first.path, format, options);

  const limits = options.limits ?? defaultReadLimits;
  const left: ReadLimits = { ...limits };
  const used = new Set(["file-too-large", "too-many-rows", "too-many-cells"]);
  const parts: Part[] = [];
  const problems: Problem[] = [];
  const notes: Problem[] = [];
  for (const { path, file } of files) {
    const read = await readTable(file, path, format, { ...options, limits: left });
    if (!read.ok) {
      problems.push(...read.problems.map((problem) => overAll(problem, limits)));
      // Nothing more fits, and every further file would say so.
      if (read.problems.some(({ code }) => used.has(code))) break;
      continue;
    }
    left.bytes -= read.value.bytes;
    left.rows -= read.value.table.rowCount;
    left.cells -= read.value.table.rowCount * read.value.table.columns.length;
    notes.push(...read.notes);
    // Keys are made again for the whole; those of the parts would take as much memory as their cells.
    const { table, profile, bytes } = read.value;
    const { rowCount, columns } = table;
    parts.push({ path, bytes, profile, table: { rowCount, columns } });
  }
  problems.push(...columnsDiffer(parts));
  if (problems.length > 0) return { ok: false, problems: problems.slice(0, maxProblems) };

  const mixed = mixedColumns(parts);
  const agreed = await asCategories(parts, mixed, files, format, options);
  if (!agreed.ok) return agreed;
  const value = appendTables(agreed.value);
  notes.push(...typesDiffer(mixed, parts), ...formatsDiffer(parts));
  return { ok: true, value, notes: fewerNotes(notes) };
}

/** As many as an experiment file may have. */
const maxProblems = 50;

/** Columns with numbers in one file and other values in another. */
function mixedColumns(parts: readonly Part[]): Set<string> {
  const types = new Map<string, Set<string>>();
  for (const column of parts.flatMap(({ profile }) => profile.columns)) {
    // A column without a value in one file takes the type of the others.
    if (column.distinct === 0) continue;
    const known = types.get(column.name);
    if (known === undefined) types.set(column.name, new Set([column.type]));
    else known.add(column.type);
  }
  return new Set([...types].filter(([, found]) => found.size > 1).map(([name]) => name));
}

/** Reads files again in which a column looks numeric that is not: only the text of its cells is the same everywhere. */
async function asCategories(
  parts: readonly Part[],
  mixed: ReadonlySet<string>,
  files: readonly LocalFile[],
  format: CsvFormat,
  options: ReadOptions,
): Promise<Outcome<Part[]>> {
  const columns = {
    ...options.columns,
    ...Object.fromEntries([...mixed].map((name) => [name, "categorical" as const])),
  };
  const agreed: Part[] = [];
  for (const [at, part] of parts.entries()) {
    if (!part.table.columns.some(({ name, type }) => type === "numeric" && mixed.has(name))) {
      agreed.push(part);
      continue;
    }
    const read = await readTable(files[at]!.file, part.path, format, { ...options, columns });
    if (!read.ok) return read;
    agreed.push({ path: part.path, ...read.value });
  }
  return { ok: true, value: agreed, notes: [] };
}
