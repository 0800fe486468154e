import { hashBytes } from "../../stats/hash.ts";
import type { Table } from "../../table/table.ts";
import { takeCells } from "../../table/take-rows.ts";
import { cellsOf, cellWords, sameCell } from "../cell-words.ts";
import { limits } from "../limits.ts";
import type { RowPairs } from "../row-pairs.ts";
import { type ColumnMatch, oneToOne } from "./one-to-one.ts";

/**
 * Columns whose values are now under another name, by paired rows. What tells two columns apart are the rows in which the
 * base's cells differ, and of these the ones in which the moved column does not hold its most frequent value: a column
 * that became constant, one of two equal columns, or a rare flag must not look moved. At least ten of both are asked for,
 * and 95 % of them and of all rows. A column that was copied, and still is where it was or in its twin, did not move.
 */
export function movesByRows(base: Table, head: Table, pairs: RowPairs): ColumnMatch[] {
  const [before, after] = [sample(base, pairs.base), sample(head, pairs.head)];
  const stayed = new Set(
    [...before.values()].flatMap(({ name, hash }) => (after.get(name)?.hash === hash ? [name] : [])),
  );
  const known = new Set([...stayed].map((name) => before.get(name)!.hash));
  const sources = [...before.values()].filter(({ name, hash }) => !stayed.has(name) && !known.has(hash));
  const places = [...after.values()].filter(({ name }) => !stayed.has(name));
  const first = places.slice(0, limits.mostCompared);
  const others = Map.groupBy(places.slice(limits.mostCompared), ({ hash }) => hash);
  const equal = Map.groupBy(places, ({ hash }) => hash);
  const candidates = sources.flatMap((source, at) => {
    const compared =
      at < limits.mostCompared ? [...first, ...(others.get(source.hash) ?? [])] : (equal.get(source.hash) ?? []);
    const usual = mostFrequent(source.words);
    return compared.flatMap((place): ColumnMatch[] => {
      if (source.name === place.name || !(before.has(place.name) || after.has(source.name))) return [];
      const similarity = matchOf(source, usual, before.get(place.name), place);
      return similarity === null ? [] : [{ from: source.name, to: place.name, similarity }];
    });
  });
  return leaving(oneToOne(candidates), before, after);
}

interface Sample {
  name: string;
  /** Two words per row. */
  words: Int32Array;
  hash: string;
}

function sample({ columns }: Table, rows: Int32Array): Map<string, Sample> {
  const wanted = Math.min(limits.mostRows, limits.mostCells / Math.max(1, columns.length));
  const step = Math.max(1, rows.length / wanted);
  const chosen = Int32Array.from({ length: Math.floor(rows.length / step) }, (_, at) => rows[Math.floor(at * step)]!);
  return new Map(
    columns.map((column) => {
      const words = cellWords(takeCells(column, chosen));
      return [column.name, { name: column.name, words, hash: hashBytes(new Uint8Array(words.buffer)) }];
    }),
  );
}

/** The share of equal cells when `place` holds what `source` held, and not what it held itself; else null. */
function matchOf(source: Sample, usual: number, own: Sample | undefined, place: Sample): number | null {
  const rows = source.words.length / 2;
  let equal = 0;
  const telling = { all: 0, equal: 0 };
  const rare = { all: 0, equal: 0 };
  for (let row = 0; row < rows; row++) {
    const agrees = sameCell(source.words, row, place.words, row) ? 1 : 0;
    equal += agrees;
    if (own !== undefined && sameCell(source.words, row, own.words, row)) continue;
    telling.all++;
    telling.equal += agrees;
    if (sameCell(source.words, row, source.words, usual)) continue;
    rare.all++;
    rare.equal += agrees;
  }
  const convincing = [telling, rare].every(
    (one) => one.all >= limits.fewestChanged && one.equal >= limits.almostAll * one.all,
  );
  return convincing && equal >= limits.almostAll * rows ? equal / rows : null;
}

/** Moves of columns that are gone, that took in another one, or that hold something else now. */
function leaving(
  moves: readonly ColumnMatch[],
  before: ReadonlyMap<string, Sample>,
  after: ReadonlyMap<string, Sample>,
): ColumnMatch[] {
  const taken = new Set(moves.map(({ to }) => to));
  const kept = moves.filter(({ from, to }) => {
    const now = after.get(from);
    if (now === undefined || taken.has(from)) return true;
    const [source, own] = [before.get(from)!, before.get(to)];
    let telling = 0;
    let same = 0;
    for (let row = 0; row < source.words.length / 2; row++) {
      if (own !== undefined && sameCell(source.words, row, own.words, row)) continue;
      telling++;
      if (sameCell(source.words, row, now.words, row)) same++;
    }
    return same < limits.mostly * telling;
  });
  return kept.length === moves.length ? kept : leaving(kept, before, after);
}

/** A row whose cell is the most frequent one. */
function mostFrequent(words: Int32Array): number {
  const counts = new Map<bigint, { count: number; row: number }>();
  let most = { count: 0, row: 0 };
  for (const [row, cell] of cellsOf(words).entries()) {
    const found = counts.get(cell) ?? { count: 0, row };
    found.count++;
    counts.set(cell, found);
    if (found.count > most.count) most = found;
  }
  return most.row;
}
