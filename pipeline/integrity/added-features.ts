import { changedCells } from "../match/changed-cells.ts";
import type { Match } from "../match/match.ts";
import type { Column } from "../table/table.ts";
import type { ExaminedSide } from "./examined-side.ts";

/** A feature of which at most this share of the cells changed is the base's, corrected. */
const mostCorrected = 0.01;

/**
 * The features that the head has and the base's model did not: whatever they are called, and whether they are new columns,
 * columns that the base left out, or columns that were written anew. Without a base, all of them.
 *
 * @param cells also compares the cells of paired rows where no key names them: O(cells)
 */
export function addedFeatures(
  head: ExaminedSide,
  base: ExaminedSide | null,
  match: Match | null,
  { cells } = { cells: false },
): Column[] {
  if (base === null || match === null) return [...head.features];
  const { renamed, moved, rewritten } = match.columns;
  const oldNames = new Map([...renamed, ...moved].map(({ from, to }) => [to, from]));
  const known = new Set(base.features.map(({ name }) => name));
  const anew = new Set([...rewritten.map(({ column }) => column), ...changedColumns(head, base, match, cells)]);
  return head.features.filter(({ name }) => !known.has(oldNames.get(name) ?? name) || anew.has(name));
}

function changedColumns(head: ExaminedSide, base: ExaminedSide, match: Match, cells: boolean): string[] {
  const pairs = match.keyed ?? match.rows;
  const changed = match.columns.cells ?? (cells && match.refusal === null ? compareShared(head, base, match) : []);
  return changed
    .filter((column) => column.changed > mostCorrected * pairs.base.length)
    .map(({ column }) => match.columns.moved.find(({ from }) => from === column)?.to ?? column);
}

function compareShared(head: ExaminedSide, base: ExaminedSide, match: Match) {
  const { columns } = match;
  const aside = new Set([...columns.renamed, ...columns.moved].flatMap(({ from, to }) => [from, to]));
  const before = new Set(base.features.map(({ name }) => name));
  const shared = head.features.map(({ name }) => name).filter((name) => before.has(name) && !aside.has(name));
  return changedCells(base.table, head.table, match, shared);
}
