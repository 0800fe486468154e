import type { Outcome, Problem } from "../problem.ts";
import { createCsvCells } from "./csv/csv-cells.ts";
import { readPlainColumns } from "./csv/plain-columns.ts";
import { loadColumns } from "./load-columns.ts";
import type { LoadedColumn, LoadedFile, LoadRequest } from "./loaded-file.ts";
import type { PreparedText } from "./prepared-text.ts";
import { withPrivateCopy } from "./private-copy.ts";

/** Loads the columns of prepared text: the plain ones at once, the others with DuckDB. */
export async function loadText(prepared: Outcome<PreparedText>, request: LoadRequest): Promise<Outcome<LoadedFile>> {
  if (!prepared.ok) return prepared;
  const { format, lines } = prepared.value;
  const plain = readPlainColumns(prepared.value, request);
  const others = await loadOthers(
    prepared.value,
    [...plain.keys()].filter((at) => plain[at] === null),
    request,
  );
  if (!others.ok) return others;
  const columns = plain.map((column, at) => (column === null ? others.value.get(at)! : { column, ...unremarkable }));
  return { ok: true, notes: prepared.notes, value: { columns, format, lineOf: (row) => lines[row]! } };
}

const unremarkable = { infinite: 0, words: { count: 0, first: [] } };

/** The columns in the given places, by place. */
async function loadOthers(
  text: PreparedText,
  wanted: readonly number[],
  request: LoadRequest,
): Promise<Outcome<Map<number, LoadedColumn>>> {
  if (wanted.length === 0) return { ok: true, value: new Map(), notes: [] };
  return withPrivateCopy(text.body, request, async (connection, file) => {
    const rejected = await createCsvCells(connection, file, { ...text, wanted }, request);
    if (rejected.length > 0) return { ok: false, problems: [rejectedRows(rejected, text.lines, request.path)] };
    const names = wanted.map((at) => text.names[at]!);
    const loaded = await loadColumns(connection, names, request);
    return { ok: true, value: new Map(wanted.map((at, i) => [at, loaded[i]!])), notes: [] };
  });
}

function rejectedRows(rejected: { line: number; reason: string }[], lines: readonly number[], path: string): Problem {
  return {
    code: "rejected-rows",
    where: { path },
    message: "Some rows could not be read.",
    written: rejected.map(({ line, reason }) => `line ${lines[line - 1] ?? line}: ${reason.toLowerCase()}`).join("; "),
    remedy: "Correct these rows; check their quotes and delimiters.",
  };
}
