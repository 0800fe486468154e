import type { BothTables } from "../both-tables.ts";
import { namesOf } from "../both-tables.ts";
import { compareKeys } from "../compare-keys.ts";
import { limits } from "../limits.ts";
import { holdTheSame } from "./hold-the-same.ts";
import { isRunningNumber } from "./running-number.ts";

/** A column that was written anew, and how its values are spelled now, as a clause. */
export interface Rewritten {
  column: string;
  spelling?: string;
}

/**
 * Columns that were written anew in rows that are otherwise as they were: nearly all rows have an equal one on the other
 * side by the columns whose values stayed, or by all of these but a running number, which was made anew. Empty when that
 * is not what happened.
 */
export function findRewritten(tables: BothTables): Rewritten[] {
  const { base, head, shared } = tables;
  const smaller = Math.min(base.rowCount, head.rowCount);
  const same = shared.filter(holdTheSame);
  const lasting = same.filter((one) => !(isRunningNumber(one.base) && isRunningNumber(one.head)));
  const stayed = [same, lasting].map(namesOf).find((names) => {
    if (names.length === 0) return false;
    const { pairs, distinct } = tables.pair(names);
    return pairs.base.length >= limits.nearlyAll * smaller && distinct.head >= limits.nearlyAll * head.rowCount;
  });
  if (stayed === undefined) return [];
  return shared.flatMap((one): Rewritten[] => {
    if (stayed.includes(one.name)) return [];
    const spelling = compareKeys(one.base, one.head)?.spelling ?? null;
    return [{ column: one.name, ...(spelling === null ? {} : { spelling }) }];
  });
}
