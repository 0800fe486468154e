import type { Yardstick } from "../compare/yardstick.ts";
import { cellWords } from "../match/cell-words.ts";
import { pairKeyedRows } from "../match/diff-keyed-rows.ts";
import { pairEqualRows, type RowPairs } from "../match/pair-equal-rows.ts";
import type { SchemaDiff } from "../match/schema-diff.ts";
import type { Column, Table } from "../table/table.ts";
import type { ReadSides } from "./read-sides.ts";

/** Up to this agreement beyond chance, or disagreement (Cohen's kappa), the cells of a column have nothing to do with what they were. */
const asByChance = 0.2;
/** A table in which as many of the columns do so holds other observations. */
const mostColumns = 0.5;
const fewestRows = 20;
/** So many pairs, taken evenly, tell an agreement to about 0.01. */
const mostPairs = 20_000;

/**
 * Why sides can't be compared whose key names the same things, but other observations of them, as when the measures of one
 * month take the place of those of another: the base's answer to its own row would be judged by the label of the other one,
 * which makes any model of the head look better. Null when the labels agree more than by chance, or the features do.
 *
 * @param schema how the tables differ, with the cells that changed where a key names rows
 */
export function refuseOtherObservations({ base, head }: ReadSides, schema: SchemaDiff | null): Yardstick | null {
  if (!base?.read.ok || !head?.read.ok) return null;
  const { key, target, exclude } = head.revision.experiment;
  if (key === null || !(schema?.cells ?? []).some(({ column }) => column === target)) return null;
  const [before, after] = [base.read.value.table, head.read.value.table];
  const pairs = pairKeyedRows(before, after, key);
  if (pairs === null || !areOthers(before, after, pairs, target, [key, ...exclude])) return null;
  const what = `The rows of each "${key}" have other values and other labels than in the base, which agree no more than by chance: the key names other observations.`;
  return { state: "incomparable", reasons: [`${what} Name as key what tells the observations apart.`] };
}

/**
 * Whether columns that name the rows of both sides, though no key does, name other observations, as the running number of
 * another sample does.
 */
export function nameOtherObservations({ base, head }: ReadSides, naming: readonly string[] | null): boolean {
  if (!base?.read.ok || !head?.read.ok || naming === null) return false;
  const { target, exclude } = head.revision.experiment;
  const [before, after] = [base.read.value.table, head.read.value.table];
  return areOthers(before, after, pairEqualRows(before, after, naming), target, [...naming, ...exclude]);
}

function areOthers(before: Table, after: Table, pairs: RowPairs, target: string, aside: readonly string[]): boolean {
  if (pairs.base.length < fewestRows || aside.includes(target)) return false;
  const unlike = (name: string) => {
    const [old, now] = [columnOf(before, name), columnOf(after, name)];
    const agreement = old && now ? agreementBeyondChance(old, now, pairs) : null;
    return agreement !== null && Math.abs(agreement) <= asByChance;
  };
  if (!unlike(target)) return false;
  const unused = new Set([target, ...aside]);
  const shared = after.columns.map(({ name }) => name).filter((name) => !unused.has(name) && columnOf(before, name));
  return shared.length > 0 && shared.filter(unlike).length >= mostColumns * shared.length;
}

function columnOf({ columns }: Table, name: string): Column | undefined {
  return columns.find((column) => column.name === name);
}

/** Cohen's kappa of the cells of paired rows; null when both hold one and the same value. */
function agreementBeyondChance(base: Column, head: Column, pairs: RowPairs): number | null {
  const [before, after] = [cellsOf(base), cellsOf(head)];
  const counts = [new Map<bigint, number>(), new Map<bigint, number>()] as const;
  const step = Math.ceil(pairs.base.length / mostPairs);
  const rows = Math.ceil(pairs.base.length / step);
  let agreeing = 0;
  for (let at = 0; at < pairs.base.length; at += step) {
    const [one, other] = [before[pairs.base[at]!]!, after[pairs.head[at]!]!];
    if (one === other) agreeing++;
    counts[0].set(one, (counts[0].get(one) ?? 0) + 1);
    counts[1].set(other, (counts[1].get(other) ?? 0) + 1);
  }
  let byChance = 0;
  for (const [cell, count] of counts[0]) byChance += (count / rows) * ((counts[1].get(cell) ?? 0) / rows);
  return byChance === 1 ? null : (agreeing / rows - byChance) / (1 - byChance);
}

function cellsOf(column: Column): BigInt64Array {
  return new BigInt64Array(cellWords(column).buffer as ArrayBuffer);
}
