import { type Column, columnLength } from "../../table/table.ts";
import { takeCells } from "../../table/take-rows.ts";
import type { BothTables, SharedColumn } from "../both-tables.ts";
import { cellsOf, cellWords } from "../cell-words.ts";
import { limits } from "../limits.ts";

/**
 * Whether hardly any cell of one of these columns is in the base: then no row has the content that it had, and nobody needs
 * to look. Told from a few cells of the head, spread over the table; a column that stayed is left after its first rows.
 */
export function anyWrittenAnew({ same }: BothTables, columns: readonly SharedColumn[]): boolean {
  return !same && columns.some(({ base, head }) => isWrittenAnew(base, head));
}

function isWrittenAnew(base: Column, head: Column): boolean {
  // the cells of the larger table may be new because its rows are
  const [fewer, more] = columnLength(head) <= columnLength(base) ? [head, base] : [base, head];
  const rows = columnLength(fewer);
  const looked = Math.min(rows, limits.sampledCells);
  const sampled = Int32Array.from({ length: looked }, (_, at) => Math.floor((at * rows) / looked));
  const wanted = new Map<bigint, number>();
  for (const cell of cellsOf(cellWords(takeCells(fewer, sampled)))) wanted.set(cell, (wanted.get(cell) ?? 0) + 1);
  let found = 0;
  for (const part of parts(more)) {
    for (const cell of cellsOf(cellWords(part))) {
      found += wanted.get(cell) ?? 0;
      wanted.delete(cell);
    }
    if (found > limits.hardlyAny * looked) return false;
  }
  return looked > 0;
}

/** The cells of a column in parts, so that most are not looked at; of a categorical one each category once. */
function* parts(column: Column): Generator<Column> {
  if (column.type === "categorical") {
    const { name, type, categories } = column;
    const codes = column.codes.includes(-1) ? [-1, ...categories.keys()] : categories.keys();
    yield { name, type, categories, codes: Int32Array.from(codes) };
    return;
  }
  const { name, type, values } = column;
  for (let from = 0; from < values.length; from += 1000) yield { name, type, values: values.slice(from, from + 1000) };
}
