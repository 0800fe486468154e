import type { Outcome, Problem } from "../../problem.ts";
import { formatCount } from "../../words.ts";
import { tooManyCells } from "../cell-problems.ts";
import { createCsvRows } from "../csv/csv-rows.ts";
import { normalizeText } from "../csv/normalize-text.ts";
import type { LoadRequest } from "../loaded-file.ts";
import { nameColumns } from "../name-columns.ts";
import type { PreparedText } from "../prepared-text.ts";
import { lineLimit, type ReadLimits } from "../read-limits.ts";

/** As many faulty lines are listed. */
const maxListed = 10;

/**
 * Turns JSON Lines (one object per line, always UTF-8) into CSV text. Columns are the keys in the order in which they
 * first appear; an absent key and `null` are missing cells, true and false are words. Nested values are a problem.
 */
export function prepareJsonLines(content: Buffer, { path, limits }: LoadRequest): Outcome<PreparedText> {
  const text = normalizeText(content, "utf-8", path);
  if (!text.ok) return text;
  const { bytes, ...detected } = text.value;

  const columns = new Map<string, number>();
  const rows = createCsvRows();
  const lines: number[] = [];
  const faults: { line: number; fault: string }[] = [];
  let number = 0;
  for (let start = 0; start < bytes.length; number++) {
    while (bytes[start] === space || bytes[start] === tab) start++;
    // Blank lines may be most of a file: nothing is made of them.
    if (bytes[start] === lineFeed) {
      start++;
      continue;
    }
    const end = bytes.indexOf(lineFeed, start);
    const stop = end < 0 ? bytes.length : end;
    const line = bytes.subarray(start, stop);
    start = stop + 1;
    const row = readRow(line, columns, limits);
    if (row === null) continue;
    lines.push(number + 1);
    if (lines.length * columns.size > limits.cells) {
      return { ok: false, problems: tooManyCells(path, lines.length, columns.size, limits) };
    }
    if (typeof row === "string") faults.push({ line: number + 1, fault: row });
    else rows.add(row);
    if (lines.length > limits.rows)
      return refuse({
        code: "too-many-rows",
        message: "The file has too many rows.",
        allowed: `at most ${formatCount(limits.rows)} rows`,
      });
    if (faults.length >= maxListed) break;
  }
  if (faults.length > 0) {
    return refuse({
      code: "not-json-lines",
      line: faults[0]!.line,
      message: "Some lines are not flat JSON objects.",
      written: faults.map(({ line, fault }) => `line ${line}: ${fault}`).join("; "),
      allowed: "one object per line, without nested values",
    });
  }
  const named = nameColumns([...columns.keys()], path, lines[0] ?? 1);
  if (!named.ok) return named;
  return {
    ok: true,
    notes: named.notes.filter(({ code }) => code !== "header-looks-like-data"),
    value: {
      names: named.value,
      body: rows.finish(columns.size),
      delimiter: ",",
      padding: "any",
      quotedLineEnd: true,
      lines,
      format: { ...detected, delimiter: "none" },
    },
  };

  function refuse({ line, ...problem }: Omit<Problem, "where" | "remedy"> & { line?: number }): Outcome<never> {
    const where = line === undefined ? { path } : { path, line };
    return { ok: false, problems: [{ ...problem, where, remedy: "Correct the file, or export the data as CSV." }] };
  }
}

const tab = 9;
const lineFeed = 10;
const space = 32;

/** The cells of one line, what is wrong with it, or null for a blank one. New keys are added to `columns`. */
function readRow(
  line: Buffer,
  columns: Map<string, number>,
  limits: ReadLimits,
): (string | undefined)[] | string | null {
  const longest = lineLimit(limits);
  if (line.length > longest) return `more than ${formatCount(longest)} bytes`;
  const text = line.length === 0 ? "" : line.toString("utf8").trim();
  if (text === "") return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "not JSON";
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "not an object";
  const row: (string | undefined)[] = [];
  for (const [key, cell] of Object.entries(value)) {
    if (typeof cell === "object" && cell !== null) return `nested value of ${key.slice(0, 40)}`;
    if (typeof cell === "string" && Buffer.byteLength(cell) > limits.cellBytes)
      return `cell of ${key.slice(0, 40)} too large`;
    const name = key.trim();
    if (!columns.has(name)) {
      if (columns.size >= limits.columns) return `more than ${formatCount(limits.columns)} keys`;
      columns.set(name, columns.size);
    }
    row[columns.get(name)!] = cell === null ? undefined : String(cell);
  }
  return row;
}
