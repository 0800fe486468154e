import type { BothTables } from "./both-tables.ts";
import { cellWords, sameCell } from "./cell-words.ts";
import type { FoundChanges } from "./columns/find-column-changes.ts";
import { joinPairs } from "./join-pairs.ts";
import { limits } from "./limits.ts";
import { type HashPairs, pairHashes } from "./pair-hashes.ts";
import { rowHashes } from "./row-hashes.ts";
import type { RowPairs } from "./row-pairs.ts";
import { rowsWithout } from "./rows-without.ts";
import { takeHashes } from "./take-hashes.ts";
import type { Found } from "./ways/way.ts";

/**
 * The rows whose target is another one: of those of one name, and of the others those that the same columns without the
 * target find again, when these find most rows. None when the tables have other targets, or are one.
 */
export function findRelabelled(
  tables: BothTables,
  baseTarget: string,
  named: Found,
  { unchanged, aligned, both, columns }: FoundChanges,
): RowPairs {
  const target = tables.shared.find(({ name }) => name === tables.target);
  if (tables.same || target === undefined || baseTarget !== tables.target) {
    return { base: new Int32Array(0), head: new Int32Array(0) };
  }
  const [before, after] = [cellWords(target.base), cellWords(target.head)];
  const differs = (base: number, head: number) => !sameCell(before, base, after, head);
  const rows = selectPairs(named.pairs(), differs);
  if (named.columns?.includes(tables.target) === false) return rows;
  // columns that were written anew find nothing; those that were renamed do
  const stayed = named.stayed === true;
  const known = stayed ? named.pairs() : unchanged;
  const aside = new Set([tables.target, ...columns.retyped.map(({ column }) => column)]);
  const features = (stayed ? named.columns! : both).filter((name) => !aside.has(name));
  const left = {
    base: rowsWithout(tables.base.rowCount, known.base),
    head: rowsWithout(tables.head.rowCount, known.head),
  };
  if (left.base.length === 0 || left.head.length === 0 || features.length === 0) return rows;
  const hashes = { base: rowHashes(tables.base, features), head: rowHashes(aligned, features) };
  if (!areSameRows(tables, pairHashes(hashes.base, hashes.head))) return rows;
  const found = pairHashes(takeHashes(hashes.base, left.base), takeHashes(hashes.head, left.head)).pairs;
  const again = { base: found.base.map((at) => left.base[at]!), head: found.head.map((at) => left.head[at]!) };
  return joinPairs(rows, selectPairs(again, differs));
}

/** Whether both tables hold mostly the same rows, so that what differs happened to a row. */
function areSameRows({ base, head }: BothTables, { pairs, distinct }: HashPairs): boolean {
  const own = Math.min(distinct.base / base.rowCount, distinct.head / head.rowCount);
  const least = own >= limits.mostly ? limits.mostly : limits.allButFew;
  return pairs.base.length >= least * Math.min(base.rowCount, head.rowCount);
}

function selectPairs(pairs: RowPairs, wanted: (base: number, head: number) => boolean): RowPairs {
  const chosen = pairs.base.map((row, at) => (wanted(row, pairs.head[at]!) ? 1 : 0));
  const take = (rows: Int32Array) => rows.filter((_, at) => chosen[at] === 1);
  return { base: take(pairs.base), head: take(pairs.head) };
}
