import type { BothTables } from "./both-tables.ts";
import { limits } from "./limits.ts";
import type { RowPairs } from "./row-pairs.ts";

/** Whether so many rows were found on both sides that a comparison is possible, and that they are not there by chance. */
export function findsEnough({ base, head, holdout }: BothTables, { base: found }: RowPairs): boolean {
  const smaller = Math.min(base.rowCount, head.rowCount);
  return found.length * holdout >= limits.fewestTelling && found.length >= limits.hardlyAny * smaller;
}
