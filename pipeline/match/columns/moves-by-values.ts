import type { Column, Table } from "../../table/table.ts";
import { cellsOf, cellWords, isMissingCell } from "../cell-words.ts";
import { limits } from "../limits.ts";
import { type ColumnMatch, oneToOne } from "./one-to-one.ts";

/**
 * Columns whose values are now under another name, by their values alone, for rows that nothing pairs. Only columns whose
 * values mostly differ from row to row can be told: no others hold the same values by anything but their origin.
 */
export function movesByValues(base: Table, head: Table): ColumnMatch[] {
  const wanted = Math.min(
    limits.cellsPerColumn,
    limits.mostCells / Math.max(1, base.columns.length, head.columns.length),
  );
  const parts = Math.max(1, Math.floor(Math.max(base.rowCount, head.rowCount) / wanted));
  const before = sample(base, parts);
  const after = sample(head, parts);
  const left = (name: string) => {
    const [then, now] = [before.get(name), after.get(name)];
    return then === undefined || now === undefined || common(then, now) < limits.mostly;
  };
  const telling = ({ cells, counts }: Values) =>
    counts.size >= limits.fewestTelling && counts.size >= limits.mostly * cells;
  const sources = [...before].filter(([name, values]) => telling(values) && left(name)).slice(0, limits.mostCompared);
  const places = [...after].filter(([name, values]) => telling(values) && left(name)).slice(0, limits.mostCompared);
  const candidates = sources.flatMap(([from, then]) =>
    places.flatMap(([to, now]): ColumnMatch[] => {
      if (from === to || !(before.has(to) || after.has(from))) return [];
      const similarity = common(then, now);
      return similarity >= limits.almostAll ? [{ from, to, similarity }] : [];
    }),
  );
  return oneToOne(candidates);
}

/** Known cells by value. */
interface Values {
  cells: number;
  counts: ReadonlyMap<bigint, number>;
}

function sample({ columns }: Table, parts: number): Map<string, Values> {
  return new Map(columns.map((column) => [column.name, valuesOf(column, parts)]));
}

function valuesOf(column: Column, parts: number): Values {
  const counts = new Map<bigint, number>();
  let cells = 0;
  const words = cellWords(column);
  const values = cellsOf(words);
  for (let row = 0; row < values.length; row++) {
    if (isMissingCell(words, row)) continue;
    const [low, high] = [words[2 * row]!, words[2 * row + 1]!];
    const part = Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b) >>> 8;
    if (part % parts !== 0) continue;
    cells++;
    counts.set(values[row]!, (counts.get(values[row]!) ?? 0) + 1);
  }
  return { cells, counts };
}

/** Share of the cells of the smaller column that the larger one has as well. */
function common(one: Values, other: Values): number {
  const [smaller, larger] = one.cells <= other.cells ? [one, other] : [other, one];
  let found = 0;
  for (const [value, count] of smaller.counts) found += Math.min(count, larger.counts.get(value) ?? 0);
  return smaller.cells === 0 || smaller.cells < limits.mostly * larger.cells ? 0 : found / smaller.cells;
}
